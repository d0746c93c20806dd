import { renderHtml } from "./html.ts";
import { renderJson } from "./json.ts";
import { renderMarkdown } from "./markdown.ts";
import type { Format } from "./rendering.ts";
import { renderSarif } from "./sarif.ts";
import { renderText } from "./text.ts";

/** Every way to write a report. A new format is one file beside this one and one row here. */
export const formats = {
  text: { about: "a summary for people", render: renderText },
  json: { about: "the whole report, as reports/schema/report.schema.json describes it", render: renderJson },
  markdown: { about: "a page for issues, wikis and pull requests", render: renderMarkdown },
  html: { about: "one self-contained page with a flow diagram, filters and evidence", render: renderHtml },
  sarif: { about: "SARIF 2.1.0 for code-scanning platforms", render: renderSarif },
} satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
