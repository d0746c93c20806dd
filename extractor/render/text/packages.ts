import type { BundledPackage, Report } from "../../model/report.ts";
import { count } from "../count.ts";
import { visible } from "../terminal.ts";
import { heading, longest, type Page, wrap } from "./page.ts";

/**
 * What the bundle was made of, as source maps tell it: packages that hold sinks of endpoints, the others in one
 * paragraph.
 */
export function packageLines(report: Report, sheet: Page): string[] {
  const { sources } = report.stats;
  if (sources === undefined) return [];
  const packages = report.packages ?? [];
  const telling = packages
    .filter(({ endpoints }) => endpoints.length > 0)
    .sort((a, b) => b.endpoints.length - a.endpoints.length);
  const others = packages.filter(({ endpoints }) => endpoints.length === 0);
  const names = longest(telling.map(titleOf));
  return [
    "",
    ...heading(
      sheet,
      "made of",
      `${count(sources.firstParty, "file")} of its own (${count(sources.lines, "line")}) and ${count(packages.length, "package")}`,
    ),
    ...telling.map((row) => `  ${titleOf(row).padEnd(names)}  ${sheet.ink.dim(sends(row))}`),
    ...otherLines(others, telling.length > 0, sheet),
  ];
}

const titleOf = ({ name, version }: BundledPackage): string => visible(version === null ? name : `${name} ${version}`);
const sends = ({ endpoints }: BundledPackage): string => `sends to ${count(endpoints.length, "endpoint")}`;

function otherLines(others: readonly BundledPackage[], more: boolean, sheet: Page): string[] {
  if (others.length === 0) return [];
  const line = `${count(others.length, more ? "other package" : "package")} that no request was seen in`;
  const names = sheet.all ? wrap(sheet, "    ", others.map(titleOf)) : [];
  return [...wrap(sheet, "  ", line.split(" "), " ").map(sheet.ink.dim), ...names];
}
