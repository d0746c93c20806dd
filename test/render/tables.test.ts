import { expect, test } from "vitest";
import { renderCsv } from "../../extractor/render/csv.ts";
import { renderNdjson } from "../../extractor/render/ndjson.ts";
import { acme, endpoint, event, hostile, report } from "./report-fixture.ts";

test("CSV: a line for each endpoint, event and key", () => {
  const lines = renderCsv(acme).split("\r\n");
  expect(lines).toHaveLength(1 + acme.endpoints.length + acme.events.length + acme.credentials.length + 1);
  const width = lines[0]!.split(",").length;
  expect(lines.find((line) => line.includes("intake.logs.example"))).toContain("silences env ACME_NO_TELEMETRY");
  expect(lines.find((line) => line.startsWith("endpoint,b2b2b2b2"))!.split(",")).toHaveLength(width);
});

test("CSV: commas and quotes stay in their cell, and nothing from a package is a formula", () => {
  const odd = renderCsv(
    report({
      endpoints: [endpoint({ url: 'https://a.example/x,"y"' })],
      events: [event("=HYPERLINK(1)"), event("+1"), event("@x"), event("-1")],
    }),
  );
  expect(odd).toContain('"https://a.example/x,""y"""');
  for (const name of ["=HYPERLINK(1)", "+1", "@x", "-1"]) expect(odd).toContain(`,'${name},`);
});

test("NDJSON: each line is a document of its own that says what it is", () => {
  const rows = renderNdjson(acme)
    .trimEnd()
    .split("\n")
    .map((line) => JSON.parse(line) as { type: string; id?: string });
  expect(rows[0]).toMatchObject({ type: "package", name: "@acme/cli" });
  expect(rows.filter(({ type }) => type === "endpoint")).toHaveLength(acme.endpoints.length);
  expect(rows.filter(({ type }) => type === "event")).toHaveLength(acme.events.length);
});

test("both are safe to print whatever a package calls its things", () => {
  const bad = hostile("\x1b]0;owned\x07\x9b2J\u202e\r\n");
  expect(renderCsv(bad).replaceAll("\r\n", "")).not.toMatch(/\p{C}/u);
  expect(renderNdjson(bad)).not.toMatch(/[^\P{C}\n]/u);
});
