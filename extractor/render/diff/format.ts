import type { Diff } from "../../model/diff.ts";
import type { Rendering } from "../rendering.ts";

/** One row of the table in formats.ts. Pure: the same diffs and rendering give the same text. */
export interface DiffFormat {
  /** One line for `--help`. */
  about: string;
  /** At least one diff, in order; several where a range of versions was asked for. */
  render(diffs: readonly Diff[], rendering: Rendering): string;
}
