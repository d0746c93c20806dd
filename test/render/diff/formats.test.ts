import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { marked } from "marked";
import type { Log } from "sarif";
import { describe, expect, test } from "vitest";
import { diff } from "../../../extractor/compare/diff/diff.ts";
import type { DiffFormat } from "../../../extractor/render/diff/format.ts";
import { type DiffFormatName, diffFormats as table } from "../../../extractor/render/diff/formats.ts";
import { acme, endpoint, event, hostile, report } from "../report-fixture.ts";

const diffFormats: Record<DiffFormatName, DiffFormat> = table;
const plain = { color: false, columns: 100, all: false };
const schemaOf = async (name: string) =>
  JSON.parse(await readFile(new URL(`../../../reports/schema/${name}.schema.json`, import.meta.url), "utf8"));
const validate = new Ajv2020({ allErrors: true, allowUnionTypes: true })
  .addSchema(await schemaOf("report"))
  .compile(await schemaOf("diff"));

const empty = report({ package: { ...acme.package, version: "1.4.1" } });
const newer = report({
  ...acme,
  package: { ...acme.package, version: "1.5.0" },
  endpoints: [
    ...acme.endpoints.slice(1).map((one) => ({ ...one, headers: [...one.headers, "X-New"] })),
    endpoint({ id: "f6f6f6f6", url: "https://new.acme.example/v1" }),
  ],
  events: [
    ...acme.events.slice(1).map((one) => ({ ...one, pipelines: ["f6f6f6f6"] })),
    event("brand_new", { fields: ["a"] }),
  ],
});

test.each([
  ["nothing", [diff(acme, acme)]],
  ["everything", [diff(empty, acme)]],
  ["changes", [diff(acme, newer)]],
  ["a series", [diff(empty, acme), diff(acme, newer)]],
])("JSON fits its schema: %s", (_what, diffs) => {
  const json: unknown = JSON.parse(diffFormats.json.render(diffs, plain));
  expect(validate(json) ? [] : validate.errors).toEqual([]);
});

test("text: what is new, gone and changed; a change of many events is told once", () => {
  const text = diffFormats.text.render([diff(acme, newer)], plain);
  expect(text).toMatch(/^@acme\/cli 1\.4\.2 → 1\.5\.0\n1 endpoint added, 1 removed, 4 changed · 1 host added · /);
  expect(text).toContain("  + POST   https://new.acme.example/v1\n");
  expect(text).toContain("  - POST   https://api.acme.example/v1/messages\n");
  expect(text).toContain("headers  +X-New");
  expect(text).toContain("  + brand_new\n");
  expect(text).toContain("  ~ 11 events: acme_event_01, acme_event_02, acme_event_03 and 8 more\n");
  expect(diffFormats.text.render([diff(acme, acme)], plain)).toBe("@acme/cli 1.4.2 → 1.4.2\nnothing changed\n");
});

test("Markdown, as its reader sees it", () => {
  const html = marked.parse(diffFormats.markdown.render([diff(acme, newer)], plain), { async: false });
  expect(html).toContain("<h2>@acme/cli 1.4.2 → 1.5.0</h2>");
  expect(html).toContain("<h3>Endpoints added (1)</h3>");
  expect(html).toContain("<td><code>https://new.acme.example/v1</code></td>");
  expect(html).toContain("<h3>Events added (1)</h3>\n<p><code>brand_new</code></p>");
});

test("SARIF: new and changed things of the newer version, at their places", () => {
  const log = JSON.parse(diffFormats.sarif.render([diff(acme, newer), diff(newer, newer)], plain)) as Log;
  expect(log.runs).toHaveLength(2);
  const [first, second] = log.runs;
  expect(second!.results).toEqual([]);
  const rules = first!.results!.map(({ ruleId }) => ruleId);
  expect(new Set(rules)).toEqual(new Set(["added-endpoint", "changed-endpoint", "new-host", "added-event"]));
  for (const { ruleId, ruleIndex, locations } of first!.results!) {
    expect(first!.tool.driver.rules![ruleIndex!]!.id).toBe(ruleId);
    expect(locations!.length).toBeGreaterThan(0);
  }
});

describe("text from a package stays text", () => {
  test.each(["</code><img src=x onerror=alert(1)>", "` <b>x</b> `", "\x1b[31m\u202e\n# x", "a\\|<b>x</b>|b|"])(
    "%j",
    (bad) => {
      const diffs = [diff(hostile("x"), hostile(bad)), diff(hostile(bad), report())];
      const html = marked.parse(diffFormats.markdown.render(diffs, plain), { async: false });
      expect(html.replace(/<\/?(?:h2|h3|p|table|thead|tbody|tr|th|td|code|br)>/g, "")).not.toContain("<");
      expect(diffFormats.text.render(diffs, plain)).not.toMatch(/[\x00-\x09\x0b-\x1f\u202e]/);
    },
  );
});
