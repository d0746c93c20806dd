import { renderJson } from "./json.ts";
import type { Format } from "./rendering.ts";
import { renderText } from "./text.ts";

/** Every way to write a report. A new format is one file beside this one and one row here. */
export const formats = {
  text: { about: "a summary for people", render: renderText },
  json: { about: "the whole report, as reports/schema/report.schema.json describes it", render: renderJson },
} satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
