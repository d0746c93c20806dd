import type { Report } from "../../model/report.ts";
import { count } from "../count.ts";
import { visible } from "../terminal.ts";
import { cut, heading, moreLine, type Page, rows } from "./page.ts";

const SHOWN = 6;

/** What would be sent by code that nothing calls. */
export function deadLines({ dead = [] }: Report, sheet: Page): string[] {
  if (dead.length === 0) return [];
  const { shown, more } = cut(sheet, dead, SHOWN);
  return [
    "",
    ...heading(sheet, "dead code", `${count(dead.length, "endpoint")} in code that nothing calls`),
    ...rows(
      sheet,
      shown.map(({ method, url, reason }) => ({
        left: `  ${method} ${visible(url)}`,
        right: visible(reason),
        paint: (left: string) => left,
      })),
    ).flat(),
    ...moreLine(sheet, "  ", more, "endpoint"),
  ];
}
