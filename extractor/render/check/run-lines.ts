import type { Check } from "../../model/check.ts";
import { visible } from "../terminal.ts";
import { cut, heading, moreLine, type Page } from "../text/page.ts";

/** How the program ended, and what its run saw that is no request. */
export function runLines({ run }: Check, sheet: Page): string[] {
  if (run === undefined) return [];
  const { exit } = run;
  const end = exit.timedOut ? "ended by us, its time was over" : (exit.signal ?? `exit ${exit.code}`);
  const lines = [
    ...run.trustFailures
      .filter(({ explained }) => !explained)
      .map(({ host, reason, count }) => `certificate of ${host} not accepted: ${reason} ×${count}`),
    ...run.connections.map(({ kind, target, process, count }) => `${kind} ${target} by ${process ?? "?"} ×${count}`),
    ...run.datagrams.map(({ kind, target, process, count }) => `${kind} ${target} by ${process ?? "?"} ×${count}`),
    ...run.names
      .filter(({ contacted }) => !contacted)
      .map(({ name, count }) => `looked up, never contacted: ${name} ×${count}`),
    ...run.notes,
  ];
  const { shown, more } = cut(sheet, lines, 20);
  return [
    ...heading(sheet, "run", `${run.command.map(visible).join(" ")}: ${end}`),
    ...shown.map((line) => `  ${visible(line)}`),
    ...moreLine(sheet, "  ", more, "line"),
  ];
}
