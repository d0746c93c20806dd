import type { Check } from "../model/check.ts";
import type { Report } from "../model/report.ts";

/** How a person wants to read; machine formats ignore all of it. */
export interface Rendering {
  color: boolean;
  /** Width to lay out for, in terminal cells. Long URLs are never cut, so that they can be copied. */
  columns: number;
  /** Every name and URL instead of the first few of each list. */
  all: boolean;
  /** Of the text: nothing but the screen that answers, or all but it. */
  screen?: "only" | "none";
  /** What was seen of the report in captures; only HTML shows it. */
  check?: Check | null;
}

/** One row of the table in formats.ts. Pure: the same report and rendering give the same text. */
export interface Format {
  /** One line for `--help`. */
  about: string;
  render(report: Report, rendering: Rendering): Promise<string>;
}
