import type { Report } from "../../model/report.ts";
import { cutLines } from "../cut-words.ts";
import { visible } from "../terminal.ts";
import { cut, heading, longest, moreLine, type Page, place, wrap } from "./page.ts";

const MARK = " …";
const CUTS = 5;
const ENDPOINTS_OF_A_CUT = 3;

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
    ...followedInPart(report, sheet),
  ];
}

/** Which functions and calls the cuts concern. */
function followedInPart(report: Report, sheet: Page): string[] {
  const { shown, more } = cut(sheet, cutLines(report), CUTS);
  if (shown.length === 0) return [];
  return [
    "  followed in part",
    ...shown.flatMap(({ words, evidence, endpoints }) => {
      const found = cut(sheet, endpoints, ENDPOINTS_OF_A_CUT);
      const others = found.more > 0 ? [`and ${found.more} more`] : [];
      return [
        ...wrap(sheet, "    ", [...visible(words).split(" "), sheet.ink.dim(place([evidence]))], " "),
        ...found.shown.concat(others).map((text) => `      ${sheet.ink.dim(visible(text))}`),
      ];
    }),
    ...moreLine(sheet, "    ", more, "place"),
  ];
}
