import { expect, test } from "vitest";
import type { Endpoint, Gate } from "../../../extractor/model/report.ts";
import { strongestSwitches } from "../../../extractor/model/switches/strongest-switch.ts";
import { endpoint, report } from "../../render/report-fixture.ts";

const gate = (name: string, fields: Partial<Gate> = {}): Gate => ({
  kind: "env",
  name,
  effect: "silences",
  when: { any: true },
  ...fields,
});
const telemetry = (id: string, gates: Gate[], channel = "product-analytics"): Endpoint =>
  endpoint({ id, url: `https://t.acme.dev/${id}`, channel, gates });
const needed = (id: string, gates: Gate[]): Endpoint =>
  endpoint({ id, url: `https://api.acme.dev/${id}`, gates, ifBlocked: { effect: "breaks", reason: "needed" } });

test("the strongest switch of a channel, what survives it and what stops that", () => {
  const all = strongestSwitches(
    report({
      endpoints: [
        telemetry("events", [gate("NO_EVENTS"), gate("OFFLINE", { when: { values: ["1", "true"] } })]),
        telemetry("metrics", [gate("OFFLINE", { when: { values: ["1", "true"] } })]),
        telemetry("beacon", [gate("OFFLINE", { ways: "some" })]),
        telemetry("spans", [gate("EXPORT", { effect: "enables" })], "opentelemetry"),
        needed("update", [gate("OFFLINE", { when: { values: ["1", "true"] } })]),
      ],
    }),
  );
  const offline = { kind: "env", name: "OFFLINE", value: "1" };
  const analytics = {
    setting: offline,
    stopped: ["events", "metrics"],
    survivors: [{ endpoint: "beacon", stoppedBy: [], partly: true }],
    breaks: ["update"],
  };
  expect(all).toEqual([
    { channel: null, ...analytics, off: ["spans"] },
    { channel: "opentelemetry", setting: null, stopped: [], survivors: [], off: ["spans"], breaks: [] },
    { channel: "product-analytics", ...analytics, off: [] },
  ]);
});

test("of two that stop as much, the one that changes less; what stays on names its own switch", () => {
  const [all] = strongestSwitches(
    report({
      endpoints: [
        telemetry("events", [gate("A_CLOUD"), gate("NO_EVENTS")]),
        telemetry("errors", [gate("NO_ERRORS", { when: { values: ["0", "false"] } })], "third-party-logs"),
        needed("model", [gate("A_CLOUD", { effect: "redirects" })]),
      ],
    }),
  );
  expect(all?.setting?.name).toBe("NO_ERRORS");
  expect(all?.survivors).toEqual([
    {
      endpoint: "events",
      stoppedBy: [
        { kind: "env", name: "A_CLOUD", value: "1" },
        { kind: "env", name: "NO_EVENTS", value: "1" },
      ],
      partly: false,
    },
  ]);
});

test("remote flags are the server's, and a report without telemetry has no row", () => {
  const [all] = strongestSwitches(report({ endpoints: [telemetry("events", [gate("off_switch", { kind: "flag" })])] }));
  expect(all).toMatchObject({ setting: null, survivors: [{ endpoint: "events", stoppedBy: [] }] });
  expect(strongestSwitches(report({ endpoints: [needed("model", [])] }))).toEqual([]);
});

test("requests that carry events are telemetry wherever they go", () => {
  const [all] = strongestSwitches(
    report({
      endpoints: [needed("log", [gate("NO_LOG")])],
      pipelines: [{ endpoint: "log", events: 3, envelope: [] }],
    }),
  );
  expect(all?.stopped).toEqual(["log"]);
});
