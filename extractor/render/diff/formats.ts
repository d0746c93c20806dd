import { DIFF_SCHEMA_VERSION, type Diff, type DiffSeries } from "../../model/diff.ts";
import { toJson } from "../json.ts";
import type { DiffFormat } from "./format.ts";
import { renderDiffMarkdown } from "./markdown.ts";
import { renderDiffSarif } from "./sarif.ts";
import { renderDiffText } from "./text.ts";

/** Every way to write a diff. */
export const diffFormats = {
  text: { about: "a summary for people", render: renderDiffText },
  json: { about: "all of it, as reports/schema/diff.schema.json describes it", render: renderDiffJson },
  markdown: { about: "for release notes and pull request comments", render: renderDiffMarkdown },
  sarif: { about: "SARIF 2.1.0 for code scanning: what is new or changed", render: renderDiffSarif },
} satisfies Record<string, DiffFormat>;

export type DiffFormatName = keyof typeof diffFormats;

function renderDiffJson(diffs: readonly Diff[]): string {
  const series: DiffSeries = { schemaVersion: DIFF_SCHEMA_VERSION, steps: [...diffs] };
  return toJson(diffs.length === 1 ? diffs[0] : series);
}
