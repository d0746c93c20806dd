import { expect, test } from "vitest";
import { SeriesBuilder } from "../../../extractor/compare/diff/series.ts";
import { renderSeriesText } from "../../../extractor/render/history/text.ts";
import { endpoint, event, report } from "../report.ts";

const version = (name: string, urls: string[], events: string[]) =>
  report(
    urls.map((url) => endpoint("GET", url)),
    {
      package: { name: "some-tool", version: name, integrity: null, spec: "x", files: 1, bytes: 1 },
      events: events.map((one) => event(one)),
    },
  );

const carrying = (name: string, fields: string[], interval: number) => {
  const carrier = endpoint("POST", "https://events.example/v1/batch");
  const setting = { env: ["FLUSH_MS"], config: [], flags: [] };
  return report([carrier], {
    package: { name: "some-tool", version: name, integrity: null, spec: "x", files: 1, bytes: 1 },
    events: [event("start", ["cold", "speed"]), event("stop", ["speed"])],
    pipelines: [
      {
        endpoint: carrier.id,
        events: 2,
        envelope: [],
        dimensions: { count: fields.length, groups: [{ path: "", fields }] },
        interval: { values: [interval], ...setting },
      },
    ],
  });
};

const builder = new SeriesBuilder();
builder.add(version("1.0.0", ["https://a.example/{x}", "https://b.example/"], ["start"]));
builder.add(version("1.1.0", ["https://a.example/{y}"], ["start", "stop"]));
builder.add(version("1.2.0", ["https://a.example/{y}", "https://b.example/"], ["stop"]));
const series = builder.finish();

test("counts per version, first and last version of everything; names of holes don't count", () => {
  expect(series.versions.map((row) => Object.values(row))).toEqual([
    ["1.0.0", 2, 2, 1, 0, 0, []],
    ["1.1.0", 1, 1, 2, 0, 0, []],
    ["1.2.0", 2, 2, 1, 0, 0, []],
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
    "version  hosts  endpoints  events  fields  keys",
    "1.0.0        2          2       1       0     0",
    "1.1.0        1          1       2       0     0",
    "1.2.0        2          2       1       0     0",
    "",
    "events that came or went  2",
    "  1.0.0 to 1.1.0  start",
    "  1.1.0 to 1.2.0  stop",
    "",
  ]);
});

test("how events are sent, where that differs from the version before", () => {
  const sending = new SeriesBuilder();
  sending.add(carrying("2.0.0", ["os"], 5000));
  sending.add(carrying("2.0.1", ["os"], 5000));
  sending.add(carrying("2.1.0", ["os", "shell"], 500));
  const { versions } = sending.finish();
  expect(versions.map(({ fields }) => fields)).toEqual([2, 2, 2]);
  expect(versions.map(({ pipelines }) => pipelines[0]?.dimensions)).toEqual([1, 1, 2]);
  const text = renderSeriesText(sending.finish(), { color: false, columns: 100, all: false }).split("\n");
  expect(text.slice(5)).toEqual([
    "",
    "how events are sent  1 destination",
    "  POST https://events.example/v1/batch",
    "    2.0.0  2 events, 1 field with each, every 5 s (env FLUSH_MS)",
    "    2.1.0  2 events, 2 fields with each, every 500 ms (env FLUSH_MS)",
    "",
  ]);
});
