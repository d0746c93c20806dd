import { grouped } from "../../model/group.ts";
import type { Reference, Report } from "../../model/report.ts";
import { count } from "../count.ts";
import { visible } from "../terminal.ts";
import { heading, type Page, place, rows } from "./page.ts";

/** URLs that reach no network call: counted per class, listed only where the reader asked for all. */
export function referenceLines(report: Report, sheet: Page): string[] {
  if (report.references.length === 0) return [];
  const sizes = [...grouped(report.references, (reference) => reference.class)].sort(
    ([a, left], [b, right]) => right.length - left.length || (a < b ? -1 : 1),
  );
  return [
    "",
    ...heading(sheet, "references", `${count(report.references.length, "URL")} that no network call was seen to use`),
    `  ${sizes.map(([name, own]) => `${visible(name)} ${own.length.toLocaleString("en-US")}`).join(", ")}`,
    ...(sheet.all ? sizes.flatMap(([, own]) => listed(own, sheet)) : []),
  ];
}

function listed(references: readonly Reference[], sheet: Page): string[] {
  const items = references.map((reference) => ({
    left: `  ${visible(reference.class)}  ${visible(reference.url)}`,
    right: place(reference.evidence),
    paint: (left: string) => left,
  }));
  return rows(sheet, items).flat();
}
