import { describe, expect, test } from "vitest";
import type { Gate } from "../../../extractor/model/report.ts";
import { summaryOf } from "../../../extractor/render/digest/summary.ts";
import { firstScreenLines } from "../../../extractor/render/text/first-screen.ts";
import { headerLines } from "../../../extractor/render/text/header.ts";
import { page } from "../../../extractor/render/text/page.ts";
import { acme, at, endpoint, event, hostile, report } from "../report-fixture.ts";

const sheet = page({ color: false, columns: 80, all: false });
const silences = (name: string, fields: Partial<Gate> = {}): Gate => ({
  kind: "env",
  name,
  effect: "silences",
  ...fields,
});

const usage = endpoint({
  id: "0000000a",
  url: "https://api.acme.example/api/events",
  channel: "product-analytics",
  gates: [silences("ACME_QUIET", { when: { any: true } }), silences("ACME_OFFLINE"), silences("ACME_USE_CLOUD")],
});
const model = endpoint({
  id: "0000000b",
  url: "https://api.acme.example/v1/messages?beta=true",
  channel: "model-api",
  dataClasses: ["content"],
  gates: [{ kind: "env", name: "ACME_BASE_URL", effect: "redirects" }, silences("ACME_USE_CLOUD")],
  ifBlocked: { effect: "breaks", reason: "no answers" },
});
const logs = endpoint({
  id: "0000000c",
  url: "https://intake.logs.example/api/v2/logs",
  channel: "third-party-logs",
  credentials: ["ab".repeat(32)],
  gates: [silences("ACME_OFFLINE"), { kind: "flag", name: "log_gate", effect: "enables" }],
});
const crashes = endpoint({ id: "0000000d", url: "https://crash.example/submit", channel: "third-party-logs" });
const feedback = endpoint({ id: "0000000e", url: "https://api.acme.example/api/feedback" });
const update = endpoint({
  id: "0000000f",
  method: "GET",
  url: "https://api.acme.example/releases",
  channel: "updates",
  gates: [silences("ACME_OFFLINE")],
});

const told = report({
  endpoints: [usage, model, logs, crashes, feedback, update],
  events: [
    event("acme_start", { pipelines: ["0000000a"] }),
    event("acme_stop", { pipelines: ["0000000a", "0000000c"] }),
  ],
  pipelines: [
    {
      endpoint: "0000000a",
      events: 2,
      envelope: [],
      batchSize: { values: [200], env: [], config: [], flags: ["batch"] },
      interval: { values: [10_000], env: [], config: [], flags: [] },
      dimensions: { count: 78, groups: [] },
    },
  ],
  credentials: [
    { kind: "log-key", sha256: "ab".repeat(32), prefix: "pub1…", sentAs: "header LOG-KEY", evidence: [at(1)] },
  ],
  diagnostics: [
    { kind: "time-spent", count: 1, detail: "10 min" },
    { kind: "sink-unresolved", count: 337, detail: "cli.js:1" },
  ],
});

test("who is told what, what stops it, what it leaves: in this order", () => {
  expect(firstScreenLines(told, sheet).join("\n")).toMatchInlineSnapshot(`
    "REPORTS ON YOU                                       stopped by
      2 events   POST api.acme.example/api/events        ACME_QUIET=1
                 up to 200 at once, every 10 s, 78 fields each
      1 event    POST intake.logs.example/api/v2/logs    ACME_OFFLINE
                 only with remote flag log_gate
      logs       POST crash.example/submit               no switch found
    YOUR CONTENT GOES TO
      model      POST api.acme.example/v1/messages       ACME_BASE_URL moves it
      feedback   POST api.acme.example/api/feedback
    KEYS              pub1… to intake.logs.example (header LOG-KEY, log-key)
    STRONGEST SWITCH  ACME_OFFLINE=1: 3 endpoints and 2 events fewer; leaves
                      crash.example/submit
    BLOCK BY NAME     crash.example, intake.logs.example. Not api.acme.example (the
                      model is there)
    NOT CERTAIN       cut short by time or memory: there is more than this · 337
                      calls to unknown addresses
    more: --all · extract gates · blocklist · explain SPEC ENDPOINT · -f html"
  `);
});

test("names the host of every destination, however narrow the line", () => {
  const far = endpoint({
    id: "0000000a",
    url: "https://http-intake.logs.us5.collector.example/api/v2/some/longer/path/logs",
    channel: "third-party-logs",
    gates: [silences("ACME_DISABLE_ALL_OF_THE_TELEMETRY")],
  });
  for (const columns of [80, 100, 120]) {
    const [, line] = firstScreenLines(report({ endpoints: [far] }), page({ color: false, columns, all: false }));
    expect(line, String(columns)).toContain("http-intake.logs.us5.collector.example");
  }
});

test("events without a request are no silence", () => {
  const events = [event("a", { pipelines: [] }), event("b", { pipelines: [] })];
  const [first] = firstScreenLines(report({ events }), sheet);
  expect(first).toBe("REPORTS ON YOU  2 events, but no request was found that carries them");
});

test("a long sentence of what is not certain is broken, and stays within the screen", () => {
  const cuts = [
    {
      cut: {},
      callers: { name: "aRatherLongNameOfAFunctionInSomeBundle", known: 2836, followed: 47, evidence: at(1) },
      evidence: at(1),
      endpoints: [],
    },
    { cut: {}, callers: { name: "b", known: 12, followed: 2, evidence: at(2) }, evidence: at(2), endpoints: [] },
  ];
  const lines = firstScreenLines(report({ cuts }), sheet);
  for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
  expect(lines.join(" ").replace(/\s+/g, " ")).toContain("47 of 2,836 calls of `aRatherLongName");
});

describe("the summary", () => {
  const { reports, strongest, blocking, uncertain, content } = summaryOf(told);

  test("names the switch with the fewest other effects first, one that leads away from the model last", () => {
    expect(reports[0]!.stoppedBy.map(({ name }) => name)).toEqual(["ACME_QUIET", "ACME_OFFLINE", "ACME_USE_CLOUD"]);
  });

  test("takes for the strongest switch what stops most of what is told, and says what goes on", () => {
    expect(strongest).toMatchObject({ setting: { name: "ACME_OFFLINE", value: "1" }, endpoints: 3, events: 2 });
    expect(strongest!.leaves.map((index) => reports[index]!.address)).toEqual(["crash.example/submit"]);
  });

  test("counts each event once for a destination", () => {
    expect(reports.map(({ events }) => events)).toEqual([2, 1, 0]);
  });

  test("never advises to block the host of the model", () => {
    expect(blocking).toEqual({
      names: ["crash.example", "intake.logs.example"],
      not: [{ host: "api.acme.example", why: "model" }],
    });
  });

  test("says first that a report was cut short", () => {
    expect(uncertain).toEqual([
      "cut short by time or memory: there is more than this",
      "337 calls to unknown addresses",
    ]);
  });

  test("lists where texts of the user go, without what is told about the user", () => {
    expect(content.map(({ what, address }) => `${what} ${address}`)).toEqual([
      "model api.acme.example/v1/messages",
      "feedback api.acme.example/api/feedback",
    ]);
  });

  test("says what it knows of a report in which nothing was found", () => {
    expect(summaryOf(report())).toEqual({
      reports: [],
      content: [],
      keys: [],
      strongest: null,
      blocking: { names: [], not: [] },
      uncertain: [],
    });
  });
});

describe("one screen", () => {
  const crowded = report({
    endpoints: [
      ...Array.from({ length: 30 }, (_, n) =>
        endpoint({
          id: String(n).padStart(8, "0"),
          url: `https://telemetry${n}.acme.example/${"long-segment/".repeat(8)}${n}`,
          channel: "product-analytics",
          credentials: [String(n % 10).repeat(64)],
          gates: [silences(`ACME_A_RATHER_LONG_NAME_OF_A_VARIABLE_${n}`)],
        }),
      ),
      ...Array.from({ length: 30 }, (_, n) =>
        endpoint({ id: `m${n}`, url: `https://model${n}.example/v1/messages`, channel: "model-api" }),
      ),
    ],
    events: Array.from({ length: 60 }, (_, n) => event(`e${n}`, { pipelines: [String(n % 30).padStart(8, "0")] })),
    credentials: Array.from({ length: 10 }, (_, n) => ({
      kind: "unknown",
      sha256: String(n).repeat(64),
      prefix: "abcdefgh…",
      sentAs: "header X-Key",
      evidence: [at(1)],
    })),
    diagnostics: (["sink-unresolved", "event-unresolved", "rpc-uncalled", "time-spent", "parse-error"] as const).map(
      (kind) => ({ kind, count: 1234, detail: "a.js:1" }),
    ),
  });

  test.each([
    ["one of everything", acme],
    ["the example", told],
    ["a crowd", crowded],
    ["nothing", report()],
  ])("holds %s on 30 lines of 80 columns", (_, shown) => {
    const lines = [...headerLines(shown, sheet), ...firstScreenLines(shown, sheet)];
    expect(lines.length).toBeLessThanOrEqual(30);
    for (const line of lines) expect(line.length, line).toBeLessThanOrEqual(80);
  });

  test("is safe to print whatever the package calls its things", () => {
    expect(firstScreenLines(hostile("\x1b]0;owned\x07\x9b2J\u202e\r\n"), sheet).join("\n")).not.toMatch(/[^\P{C}\n]/u);
  });
});
