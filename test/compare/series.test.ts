import { expect, test } from "vitest";
import { SeriesBuilder } from "../../extractor/compare/series.ts";
import { renderSeriesText } from "../../extractor/render/history/text.ts";
import { endpoint, event, report } from "./report.ts";

const version = (name: string, urls: string[], events: string[]) =>
  report(
    urls.map((url) => endpoint("GET", url)),
    {
      package: { name: "some-tool", version: name, integrity: null, spec: "x", files: 1, bytes: 1 },
      events: events.map((one) => event(one)),
    },
  );

const builder = new SeriesBuilder();
builder.add(version("1.0.0", ["https://a.example/{x}", "https://b.example/"], ["start"]));
builder.add(version("1.1.0", ["https://a.example/{y}"], ["start", "stop"]));
builder.add(version("1.2.0", ["https://a.example/{y}", "https://b.example/"], ["stop"]));
const series = builder.finish();

test("counts per version, first and last version of everything; names of holes don't count", () => {
  expect(series.versions.map((row) => Object.values(row))).toEqual([
    ["1.0.0", 2, 2, 1, 0],
    ["1.1.0", 1, 1, 2, 0],
    ["1.2.0", 2, 2, 1, 0],
  ]);
  expect(series.endpoints).toEqual([
    { method: "GET", url: "https://a.example/{x}", first: "1.0.0", last: "1.2.0", current: true },
    { method: "GET", url: "https://b.example/", first: "1.0.0", last: "1.2.0", current: true },
  ]);
  expect(series.events).toEqual([
    { name: "start", first: "1.0.0", last: "1.1.0" },
    { name: "stop", first: "1.1.0", last: "1.2.0" },
  ]);
});

test("text: a table, then what came or went", () => {
  expect(renderSeriesText(series, { color: false, columns: 80, all: false }).split("\n")).toEqual([
    "some-tool",
    "version  hosts  endpoints  events  keys",
    "1.0.0        2          2       1     0",
    "1.1.0        1          1       2     0",
    "1.2.0        2          2       1     0",
    "",
    "events that came or went  2",
    "  1.0.0 to 1.1.0  start",
    "  1.1.0 to 1.2.0  stop",
    "",
  ]);
});
