import { describe, expect, test } from "vitest";
import type { Gate } from "../../../extractor/model/report.ts";
import { check, exchange } from "../check.ts";
import { endpoint, event, report } from "../report.ts";

const gate = (kind: Gate["kind"], name: string, effect: Gate["effect"]): Gate => ({ kind, name, effect });
const a = endpoint("POST", "https://api.example.com/a", {
  channel: "model-api",
  ifBlocked: { effect: "breaks", reason: "no answers" },
});
const silenced = endpoint("POST", "https://t.example.com/silenced", {
  channel: "product-analytics",
  gates: [gate("env", "NO_TELEMETRY", "silences")],
});
const enabled = endpoint("POST", "https://t.example.com/enabled", { gates: [gate("env", "TRACE", "enables")] });
const flagged = endpoint("POST", "https://t.example.com/flagged", { gates: [gate("flag", "log_events", "enables")] });
const plain = endpoint("GET", "https://t.example.com/plain");
const whole = report([a, silenced, enabled, flagged, plain]);

describe("dormant endpoints", () => {
  const reasons = (environment: Map<string, string> | null, answer = "{}") =>
    Object.fromEntries(
      check(whole, [exchange("POST", a.url, { response: { headers: {}, text: answer } })], { environment }).dormant.map(
        ({ url, reason, gate: by }) => [
          url.slice("https://t.example.com/".length),
          `${reason}${by === undefined ? "" : ` [${by.name}]`}`,
        ],
      ),
    );

  test("nothing is known of the run", () => {
    expect(reasons(null)).toEqual({
      silenced: "not exercised",
      enabled: "not exercised",
      flagged: "not exercised, or off: the flag log_events decides [log_events]",
      plain: "not exercised",
    });
  });

  test("the environment explains", () => {
    expect(reasons(new Map([["NO_TELEMETRY", "1"]]))).toMatchObject({
      silenced: "NO_TELEMETRY is set [NO_TELEMETRY]",
      enabled: "TRACE is not set [TRACE]",
    });
    expect(
      reasons(
        new Map([
          ["NO_TELEMETRY", "0"],
          ["TRACE", "true"],
        ]),
      ),
    ).toMatchObject({ silenced: "not exercised", enabled: "not exercised" });
  });

  test.each([
    ['{"log_events": false}', "the remote flag log_events is off [log_events]"],
    ['{"features":{"log_events":{"defaultValue":false}}}', "the remote flag log_events is off [log_events]"],
    ['{"features":{"log_events":{"defaultValue":true}}}', "not exercised"],
    ["log_events is mentioned in prose", "not exercised, or off: the flag log_events decides [log_events]"],
  ])("the flag in the answer %s", (answer, reason) => {
    expect(reasons(null, answer).flagged).toBe(reason);
  });
});

test("an endpoint that fires although it should be silent is a disagreement", () => {
  const result = check(whole, [exchange("POST", silenced.url)], { environment: new Map([["NO_TELEMETRY", "1"]]) });
  expect(result.disagreements).toEqual([{ id: silenced.id, gate: silenced.gates[0], count: 1 }]);
});

test("count, times, statuses and senders of what fired; channels and hosts", () => {
  const result = check(whole, [
    exchange("POST", a.url, { time: Date.parse("2026-01-01T00:00:02Z") }),
    exchange("POST", a.url, { time: Date.parse("2026-01-01T00:00:01Z"), status: 500 }),
    exchange("POST", `${a.url}?key=1`, { time: Date.parse("2026-01-01T00:00:03Z"), status: null, failure: "reset" }),
    exchange("POST", a.url, { time: null, status: null }),
    exchange("POST", "https://api.example.com/b"),
  ]);
  expect(result.firings).toEqual([
    {
      id: a.id,
      method: "POST",
      url: a.url,
      channel: "model-api",
      count: 4,
      first: "2026-01-01T00:00:01.000Z",
      last: "2026-01-01T00:00:03.000Z",
      statuses: { 200: 1, 500: 1, none: 1, unknown: 1 },
      senders: ["some-tool"],
    },
  ]);
  expect(result.channels).toContainEqual({ channel: "model-api", requests: 4, fired: 1, dormant: 0 });
  expect(result.hosts).toEqual([
    {
      host: "api.example.com",
      requests: 5,
      verdicts: ["predicted", "unpredicted"],
      channels: ["model-api"],
      ifBlocked: { effect: "breaks", reason: "no answers" },
    },
  ]);
  expect(result.summary).toMatchObject({
    requests: 5,
    distinct: 2,
    unpredicted: { distinct: 1, of: 2 },
    endpoints: { fired: 1, dormant: 4 },
  });
});

describe("events", () => {
  const telemetry = {
    events: ["opened", "closed"].map((event, i) => ({
      event,
      properties: { file_count: i, plan: "x", extra: event === "opened" },
    })),
  };
  const nested = {
    events: [
      {
        event: "nested",
        properties: JSON.stringify({ inner: 1 }),
        context: Buffer.from('{"machine":"m"}').toString("base64"),
      },
    ],
  };
  const known = report([a], {
    events: [event("opened", ["fileCount", "plan"]), event("never"), event("step_{name}", [])],
  });

  test("seen, dormant, unpredicted, and fields never predicted", () => {
    const { events } = check(known, [exchange("POST", a.url, { json: telemetry })]);
    expect(events.seen.map(({ name, predicted, unpredictedFields }) => [name, predicted, unpredictedFields])).toEqual([
      ["closed", false, []],
      ["opened", true, ["extra"]],
    ]);
    expect(events.dormant).toEqual(["never", "step_{name}"]);
    expect(events.unpredicted).toEqual(["closed"]);
  });

  test("unfolded out of texts of JSON and base64", () => {
    const { events } = check(known, [exchange("POST", a.url, { json: nested })]);
    expect(events.seen).toMatchObject([{ name: "nested", fields: ["inner"] }]);
    expect(events.commonFields).toContain("machine");
  });

  test("a field called event is a field", () => {
    const named = (name: string) => {
      const json = { events: [{ event: "opened", properties: JSON.stringify({ event: name, plan: "x" }) }] };
      return check(known, [exchange("POST", a.url, { json })]).events.seen.map((seen) => seen.name);
    };
    expect(named("startup")).toEqual(["opened"]);
    // wrapped in an event of the transport
    expect(named("session.start")).toEqual(["opened", "session.start"]);
  });

  test("names with holes, and with a product's prefix on the wire", () => {
    const json = [{ eventName: "step_three" }, { eventName: "product/opened" }];
    const { events } = check(known, [exchange("POST", a.url, { json })]);
    expect(events.unpredicted).toEqual([]);
    expect(events.dormant).toEqual(["never"]);
  });

  test("a sentence is no event, and a bystander's events are not the tool's", () => {
    const json = { ddsource: "node", message: "could not open the file you asked for" };
    expect(check(known, [exchange("POST", a.url, { json })]).events.seen).toEqual([]);
    expect(check(known, [exchange("POST", a.url, { json: telemetry, agent: "Homebrew/5.1.5" })]).events.seen).toEqual(
      [],
    );
  });
});

test("data classes by names of fields and headers, with the hosts they went to", () => {
  const json = { device_id: "d", cwd: "/home/x", prompt: "hi", nested: { apiKey: "k" }, "/home/x/file.ts": 1 };
  const headers = { "x-api-key": ["k"], "user-agent": ["axios/1"] };
  const { dataClasses } = check(whole, [exchange("POST", a.url, { json, headers })]);
  expect(dataClasses).toMatchObject({
    identity: { fields: ["device_id"], hosts: ["api.example.com"] },
    structural: { fields: ["cwd"] },
    content: { fields: ["prompt"] },
    secrets: { fields: ["apiKey", "header x-api-key"] },
  });
});

test("identifiers that come again, by name and without their value", () => {
  const id = "0b1c2d3e-1111-4222-8333-444455556666";
  const result = check(whole, [
    exchange("POST", a.url, { json: { device_id: id, other: "abc" } }),
    exchange("POST", plain.url, { json: { deviceId: id, other: "abc" }, at: { file: "second.har", record: 1 } }),
    exchange("POST", a.url, { json: { device_id: "11111111-2222-4333-8444-555555555555" } }),
  ]);
  expect(result.identifiers).toEqual([
    {
      names: ["deviceId", "device_id"],
      requests: 2,
      hosts: ["api.example.com", "t.example.com"],
      acrossCaptures: true,
    },
  ]);
  expect(JSON.stringify(result)).not.toContain(id);
});

test("a baseline: what newly fires, and why the rest went quiet", () => {
  const before = check(whole, [exchange("POST", a.url), exchange("POST", silenced.url, { json: { event: "gone" } })]);
  const now = check(
    whole,
    [
      exchange("POST", a.url),
      exchange("GET", plain.url, { json: { event: "fresh" } }),
      exchange("POST", "https://new.example.net/x"),
    ],
    {
      environment: new Map([["NO_TELEMETRY", "1"]]),
      baseline: before,
    },
  );
  expect(now.baseline).toEqual({
    newlyFiring: [plain.id],
    noLongerFiring: [{ id: silenced.id, gate: silenced.gates[0], reason: "NO_TELEMETRY is set" }],
    newUnpredicted: ["POST https://new.example.net/x"],
    newEvents: ["fresh"],
    goneEvents: [{ name: "gone", reason: "no gate of the report explains it" }],
  });
});

test("events that a gate of the run silences, and those that come all the same", () => {
  const gates = [gate("env", "NO_TELEMETRY", "silences")];
  const known = report([a], { events: [{ ...event("quiet"), gates }, { ...event("loud"), gates }, event("free")] });
  const say = (name: string) => exchange("POST", a.url, { json: { event: name } });
  const before = check(known, [say("quiet"), say("free")]);
  const { events, baseline } = check(known, [say("loud")], {
    environment: new Map([["NO_TELEMETRY", "1"]]),
    baseline: before,
  });
  expect(events.silenced).toEqual([{ gate: gates[0], reason: "NO_TELEMETRY is set", names: ["quiet"] }]);
  expect(events.disagreements).toEqual([{ name: "loud", gate: gates[0], count: 1 }]);
  expect(baseline!.goneEvents).toEqual([
    { name: "free", reason: "no gate of the report explains it" },
    { name: "quiet", gate: gates[0], reason: "NO_TELEMETRY is set" },
  ]);
});

test("members that belong to a service are no fields of its events", () => {
  const json = { ddsource: "node", ddtags: "x", hostname: "h", service: "s", message: "opened", plan: "free" };
  const { events } = check(report([a]), [exchange("POST", a.url, { json })]);
  expect(events.seen).toMatchObject([{ name: "opened", fields: ["plan"] }]);
  expect(events.commonFields).toContain("ddsource");
});

test("a host is judged by all that was predicted for it", () => {
  const { hosts } = check(whole, [exchange("POST", "https://api.example.com/unknown")]);
  expect(hosts).toMatchObject([{ verdicts: ["unpredicted"], ifBlocked: { effect: "breaks" } }]);
});

test("what went quiet without a gate is listed as unexplained", () => {
  const before = check(whole, [exchange("GET", plain.url)]);
  expect(check(whole, [exchange("POST", a.url)], { baseline: before }).baseline!.noLongerFiring).toEqual([
    { id: plain.id, reason: "no gate of the report explains it" },
  ]);
});

test("--explain-unpredicted names the closest templates and literals", () => {
  const known = report([endpoint("POST", "https://api.example.com/v1/events/batch"), plain], {
    references: [{ url: "https://api.example.com/v2/events", class: "unknown", evidence: [] }],
  });
  const [row] = check(known, [exchange("POST", "https://api.example.com/v2/events")], {
    explainUnpredicted: true,
  }).observed;
  expect(row!.nearest).toEqual([
    { url: "https://api.example.com/v2/events", differs: expect.stringContaining("reaches no sink") },
    { endpoint: known.endpoints[0]!.id, url: known.endpoints[0]!.url, differs: "path /v1/events/batch" },
  ]);
});

test("distinct URLs beyond the bound are folded by host and counted", () => {
  const many = Array.from({ length: 50_100 }, (_, i) =>
    exchange("GET", `https://h${i % 7}.example.net/p/${["a", "b"][i % 2]}/x${i.toString(36)}`),
  );
  const result = check(report([]), many);
  expect(result.summary.requests).toBe(50_100);
  expect(result.observed.length).toBeLessThanOrEqual(50_007);
  expect(result.diagnostics).toMatchObject([{ kind: "capture-limit", count: 100 }]);
});
