import { expect, test } from "vitest";
import { formats } from "../../extractor/render/formats.ts";
import { renderJson, toJson } from "../../extractor/render/json.ts";
import type { Format } from "../../extractor/render/rendering.ts";
import { acme, endpoint, report } from "./report-fixture.ts";

test("says what the report says, and ends with a newline", () => {
  expect(JSON.parse(renderJson(acme))).toEqual(acme);
  expect(renderJson(acme)).toMatch(/\}\n$/);
});

test("equal reports give equal bytes, however their keys were put in", () => {
  const backwards = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(backwards);
    if (typeof value !== "object" || value === null) return value;
    return Object.fromEntries(
      Object.entries(value)
        .reverse()
        .map(([key, inner]) => [key, backwards(inner)]),
    );
  };
  expect(toJson(backwards(acme))).toBe(renderJson(acme));
});

test("the same for colour, width and --all: data is data", async () => {
  const json: Format = formats.json;
  const plain = await json.render(acme, { color: false, columns: 40, all: false });
  expect(await json.render(acme, { color: true, columns: 400, all: true })).toBe(plain);
});

test("no hostile character stands as itself", () => {
  const url = "https://a.example/\u009b31m\u202e\u200b";
  const json = renderJson(report({ endpoints: [endpoint({ url })] }));
  expect(json).toContain("https://a.example/\\u009b31m\\u202e\\u200b");
  expect(JSON.parse(json).endpoints[0].url).toBe(url);
});
