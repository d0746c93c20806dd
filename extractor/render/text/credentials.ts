import type { Report } from "../../model/report.ts";
import { count } from "../count.ts";
import { describeCredential } from "../facts.ts";
import { visible } from "../terminal.ts";
import { cut, heading, moreLine, type Page, place, rows } from "./page.ts";

const CREDENTIALS = 20;
/** Hex digits of the SHA-256 that tell two keys of a report apart. */
const DIGITS = 12;

/** Every baked-in key: how it is sent, its prefix, and the start of its hash for comparing. */
export function credentialLines(report: Report, sheet: Page): string[] {
  if (report.credentials.length === 0) return [];
  const { shown, more } = cut(sheet, report.credentials, CREDENTIALS);
  return [
    "",
    ...heading(sheet, "credentials", `${count(report.credentials.length, "value")} baked in`),
    ...rows(
      sheet,
      shown.map((credential) => ({
        left: `  ${describeCredential(credential)}  sha256 ${visible(credential.sha256.slice(0, DIGITS))}`,
        right: place(credential.evidence),
        paint: sheet.ink.yellow,
      })),
    ).flat(),
    ...moreLine(sheet, "  ", more, "credential"),
  ];
}
