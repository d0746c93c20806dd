import type { Report } from "../../model/report.ts";
import { count } from "../count.ts";
import { effectsOf, switchesOf } from "../switches.ts";
import { visible } from "../terminal.ts";
import { cut, heading, longest, moreLine, type Page, wrap } from "./page.ts";

const SWITCHES = 20;

/** Environment variables, settings and remote flags that silence, enable or redirect something, and how much of it. */
export function switchLines(report: Report, sheet: Page): string[] {
  const switches = switchesOf(report);
  const acting = new Set(switches.filter(({ kind }) => kind === "env").map(({ name }) => name));
  const idle = report.environment.map(({ name }) => name).filter((name) => !acting.has(name));
  if (switches.length === 0 && idle.length === 0) return [];
  const { shown, more } = cut(sheet, switches, SWITCHES);
  const width = longest(shown.map(({ kind, told }) => `${kind} ${visible(told)}`));
  return [
    "",
    ...heading(sheet, "switches", `${switches.length.toLocaleString("en-US")} that change what is sent`),
    ...shown.flatMap((row) =>
      wrap(sheet, `  ${`${row.kind} ${visible(row.told)}`.padEnd(width)}  `, effectsOf(row), "; "),
    ),
    ...moreLine(sheet, "  ", more, "switch"),
    ...idleLines(idle, sheet),
  ];
}

function idleLines(idle: readonly string[], sheet: Page): string[] {
  if (idle.length === 0) return [];
  const line = `${count(idle.length, "other environment variable")} read, with no effect seen on what is sent`;
  const names = sheet.all ? wrap(sheet, "    ", idle.map(visible)) : [];
  return [...wrap(sheet, "  ", line.split(" "), " ").map(sheet.ink.dim), ...names];
}
