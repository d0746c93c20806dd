import type { Check } from "../../model/check.ts";
import type { Rendering } from "../rendering.ts";

/** One row of the table in formats.ts. Pure: the same check and rendering give the same text. */
export interface CheckFormat {
  /** One line for `--help`. */
  about: string;
  render(check: Check, rendering: Rendering): string;
}
