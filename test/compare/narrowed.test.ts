import { expect, test } from "vitest";
import { narrowed } from "../../extractor/compare/check/narrowed.ts";
import { acme, endpoint, event, report } from "../render/report-fixture.ts";

const all = { channels: null, hosts: null, parts: null };
const read = report({
  endpoints: [
    endpoint({ id: "a", url: "https://a.example.com/", channel: "product-analytics", credentials: ["k1"] }),
    endpoint({ id: "b", url: "https://example.com/", channel: "other", credentials: ["k2"] }),
    endpoint({ id: "c", url: "https://badexample.com/", channel: "other" }),
  ],
  events: [event("one", { pipelines: ["a"] }), event("two", { pipelines: ["b"] }), event("three")],
  credentials: [
    { kind: "x", sha256: "k1", prefix: "…", evidence: [] },
    { kind: "x", sha256: "k2", prefix: "…", evidence: [] },
  ],
  environment: [{ name: "VARIABLE", influences: ["a", "b"], evidence: [] }],
});
const ids = (selection: Partial<typeof all> | object) =>
  narrowed(read, { ...all, ...selection }).endpoints.map(({ id }) => id);

test("everything, where nothing is chosen", () => {
  expect(narrowed(acme, all)).toEqual({ ...acme, stats: { ...acme.stats, hosts: 3 } });
});

test("a host takes what is below it by whole labels, a channel its own, both together what is in both", () => {
  expect(ids({ hosts: ["example.com"] })).toEqual(["a", "b"]);
  expect(ids({ channels: ["other"] })).toEqual(["b", "c"]);
  expect(ids({ hosts: ["example.com"], channels: ["other"] })).toEqual(["b"]);
});

test("events, keys and variables follow their endpoints", () => {
  const left = narrowed(read, { ...all, channels: ["product-analytics"] });
  expect(left.events.map(({ name }) => name)).toEqual(["one"]);
  expect(left.credentials.map(({ sha256 }) => sha256)).toEqual(["k1"]);
  expect(left.environment).toEqual([{ name: "VARIABLE", influences: ["a"], evidence: [] }]);
  expect(left.stats).toMatchObject({ endpoints: 1, hosts: 1, events: 1 });
});

test("parts that were not asked for are empty", () => {
  const left = narrowed(read, { ...all, parts: ["events"] });
  expect(left.endpoints).toEqual([]);
  expect(left.events).toHaveLength(3);
  expect(left.credentials).toEqual([]);
});
