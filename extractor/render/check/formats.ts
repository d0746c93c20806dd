import { toJson } from "../json.ts";
import type { CheckFormat } from "./format.ts";
import { renderCheckMarkdown } from "./markdown.ts";
import { renderCheckSarif } from "./sarif.ts";
import { renderCheckText } from "./text.ts";

/** Every way to write a check. */
export const checkFormats = {
  text: { about: "a summary for people", render: renderCheckText },
  json: { about: "all of it, as reports/schema/check.schema.json describes it", render: (check) => toJson(check) },
  markdown: { about: "tables for issues and pull requests", render: renderCheckMarkdown },
  sarif: { about: "SARIF 2.1.0 for code scanning: what nobody predicted", render: renderCheckSarif },
} satisfies Record<string, CheckFormat>;

export type CheckFormatName = keyof typeof checkFormats;
