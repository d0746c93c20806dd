import { expect, test } from "vitest";
import { event, report, request } from "./findings.ts";

const post = (url: string, ref: number) => request(url, { method: "POST", ref });

test("a host that nobody knows and that gets events alone is a collector of events", () => {
  const { endpoints } = report({
    requests: [
      post("https://in.tool.dev/v1/batch", 0),
      post("https://api.tool.dev/v1/batch", 1),
      post("https://api.tool.dev/v1/items", 2),
      post("https://slack.com/api/chat.postMessage", 3),
    ],
    events: [event("tool_started", { carriers: [0, 1, 3] })],
  });
  expect(endpoints.map(({ url, channel, ifBlocked }) => [url, channel, ifBlocked.effect])).toEqual([
    ["https://api.tool.dev/v1/batch", "other", "degrades"],
    ["https://api.tool.dev/v1/items", "other", "degrades"],
    ["https://in.tool.dev/v1/batch", "product-analytics", "safe"],
    ["https://slack.com/api/chat.postMessage", "other", "degrades"],
  ]);
  expect(endpoints[2]!.dataClasses).toContain("behavioural");
});

test("what a client refuses is counted and is no endpoint; shared hosts are named", () => {
  const found = report({
    requests: [request("https://a b.tool.dev/x"), request("http://tool.dev:99999/"), request("https://github.com/o/r")],
  });
  expect(found.endpoints.map(({ url }) => url)).toEqual(["https://github.com/o/r"]);
  expect(found.diagnostics).toMatchObject([{ kind: "url-refused", count: 2 }]);
  expect(found.sharedHosts).toEqual(["github.com"]);
});

test("what only reads numbers that were collected is no telemetry", () => {
  const { endpoints } = report({
    requests: [
      request("https://api.tool.dev/analytics/visitors", { method: "GET" }),
      post("https://api.tool.dev/analytics/visit", 0),
    ],
  });
  expect(endpoints.map(({ method, channel }) => [method, channel])).toEqual([
    ["POST", "product-analytics"],
    ["GET", "other"],
  ]);
});
