import type { Report } from "../../model/report.ts";
import { visible } from "../terminal.ts";
import { heading, longest, type Page, wrap } from "./page.ts";

const MARK = " …";

/** What was skipped, cut or not understood. Never left out: a report that hides its gaps cannot be trusted. */
export function diagnosticLines(report: Report, sheet: Page): string[] {
  if (report.diagnostics.length === 0) return [];
  const width = longest(report.diagnostics.map(({ kind, count }) => `${kind} ${count}`));
  return [
    "",
    ...heading(sheet, "not understood", "skipped, cut or unresolved"),
    ...report.diagnostics.flatMap(({ kind, count, detail }) => {
      const start = `  ${kind}${String(count).padStart(width - kind.length)}  `;
      const words = visible(detail).split(" ");
      const lines = wrap({ ...sheet, columns: sheet.columns - MARK.length }, start, words, " ");
      const shown = sheet.all ? lines : lines.slice(0, 1);
      return shown.map((line, index) => {
        const ends = index === shown.length - 1 && shown.length < lines.length ? MARK : "";
        return line.slice(0, start.length) + sheet.ink.dim(line.slice(start.length) + ends);
      });
    }),
  ];
}
