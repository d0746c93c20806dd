import type { Report } from "../model/report.ts";
import type { Rendering } from "./rendering.ts";
import { credentialLines } from "./text/credentials.ts";
import { deadLines } from "./text/dead.ts";
import { diagnosticLines } from "./text/diagnostics.ts";
import { endpointLines } from "./text/endpoints.ts";
import { eventLines } from "./text/events.ts";
import { firstScreenLines } from "./text/first-screen.ts";
import { headerLines, originLines } from "./text/header.ts";
import { packageLines } from "./text/packages.ts";
import { type Page, page } from "./text/page.ts";
import { referenceLines } from "./text/references.ts";
import { sourceLines } from "./text/sources.ts";
import { switchLines } from "./text/switches.ts";

/** In reading order: what was found before what it stands on, what is missing at the end, where the eye rests. */
const SECTIONS: ((report: Report, sheet: Page) => string[])[] = [
  headerLines,
  firstScreenLines,
  endpointLines,
  eventLines,
  credentialLines,
  switchLines,
  referenceLines,
  packageLines,
  sourceLines,
  deadLines,
  diagnosticLines,
  originLines,
];

const SCREEN = [headerLines, firstScreenLines];

/** A report as a page for people. Text from the package is neutralised; the page ends with a newline. */
export function renderText(report: Report, rendering: Rendering): string {
  const sheet = page(rendering);
  const { screen } = rendering;
  const sections = SECTIONS.filter((section) =>
    screen === "only" ? SCREEN.includes(section) : screen !== "none" || section !== firstScreenLines,
  );
  return `${sections.flatMap((section) => section(report, sheet)).join("\n")}\n`;
}
