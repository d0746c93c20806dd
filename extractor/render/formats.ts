import type { Format } from "./rendering.ts";

/**
 * Every way to write a report, each loaded when it is asked for. A new format is one file beside this one and one row
 * here.
 */
export const formats = {
  text: {
    about: "a summary for people",
    render: async (...asked) => (await import("./text.ts")).renderText(...asked),
  },
  json: {
    about: "the whole report, as reports/schema/report.schema.json describes it",
    render: async (report) => (await import("./json.ts")).renderJson(report),
  },
  ndjson: {
    about: "a line of JSON for each endpoint, event, key, variable and reference",
    render: async (report) => (await import("./ndjson.ts")).renderNdjson(report),
  },
  csv: {
    about: "a table of endpoints, events and keys for spreadsheets",
    render: async (report) => (await import("./csv.ts")).renderCsv(report),
  },
  markdown: {
    about: "a page for issues, wikis and pull requests",
    render: async (...asked) => (await import("./markdown.ts")).renderMarkdown(...asked),
  },
  html: {
    about: "one self-contained page with a flow diagram, filters and evidence",
    render: async (...asked) => (await import("./html.ts")).renderHtml(...asked),
  },
  sarif: {
    about: "SARIF 2.1.0 for code scanning: telemetry, keys, unknown hosts; --all: everything",
    render: async (report, { all }) => {
      const { renderSarif } = await import("./sarif.ts");
      return renderSarif(all ? report : (await import("./sarif/actionable.ts")).actionable(report));
    },
  },
  label: {
    about: "a privacy label for a README or a review, one screen of Markdown",
    render: async (report) => (await import("./label.ts")).renderLabel(report),
  },
  cyclonedx: {
    about: "CycloneDX 1.6: hosts as services with endpoints, data and its direction",
    render: async (report) => (await import("./cyclonedx.ts")).renderCycloneDx(report),
  },
} satisfies Record<string, Format>;

export type FormatName = keyof typeof formats;
