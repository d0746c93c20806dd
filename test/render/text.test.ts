import { stripVTControlCharacters } from "node:util";
import { describe, expect, test } from "vitest";
import { renderText } from "../../extractor/render/text.ts";
import { acme, at, endpoint, event, hostile, report } from "./report-fixture.ts";

const plain = { color: false, columns: 100, all: false };
const text = renderText(acme, plain);

test("the whole page", () => {
  expect(text).toMatchInlineSnapshot(`
    "@acme/cli 1.4.2  3 files, 13.2 MB
    5 endpoints on 4 hosts · 13 telemetry events · 1 baked-in credential
    REPORTS ON YOU                                                stopped by
      12 events  POST intake.logs.example/api/v2/logs             ACME_NO_TELEMETRY
                 only with remote flag log_gate
    YOUR CONTENT GOES TO
      model      POST api.acme.example/v1/messages                ACME_BASE_URL moves it
    KEYS              pub1234… to intake.logs.example (header LOG-API-KEY, log-client-token)
    STRONGEST SWITCH  ACME_NO_TELEMETRY=1: 1 endpoint and 12 events fewer; leaves none of the above
    BLOCK BY NAME     intake.logs.example
    NOT CERTAIN       1 event whose destination was not found · 2 statements not understood
    more: --all · extract gates · blocklist · explain SPEC ENDPOINT · -f html

    third-party-logs  1 endpoint
      blocking is safe: nothing else uses it
      intake.logs.example  logs
        POST /api/v2/logs  cli.js:88:3
             key header LOG-API-KEY: pub1234… (log-client-token)
             carries identity, metrics
             silenced by env ACME_NO_TELEMETRY
             enabled by flag log_gate

    model-api  2 endpoints of the maker's own
      blocking breaks the tool: no answers
      api.acme.example  acme
        redirected by env ACME_BASE_URL
        POST /v1/messages     cli.js:1022:13 (src/api.ts:12) +1
             headers x-api-key, acme-version, 1 more
        GET  /v1/models/{id}  cli.js:1100:7

    other  2 endpoints elsewhere
      blocking is safe: nothing else uses it
      {telemetry}
        ANY /batch  (partial)  cli.js:90:1
            open {telemetry}: in the answer of https://api.acme.example/user
      ws://localhost:8123
        WS /socket  (socket)  cli.js:99:1

    events  13 names
      12 to POST intake.logs.example/api/v2/logs
      1 whose destination was not found
      acme_  12  acme_event_00, acme_event_01, acme_event_02, acme_event_03, acme_event_04,
                 acme_event_05, acme_event_06, acme_event_07
                 … and 4 more names (--all, or --format json)
      (other) 1  startup

    credentials  1 value baked in
      header LOG-API-KEY: pub1234… (log-client-token)  sha256 9f86d081884c  cli.js:80:2

    switches  4 that change what is sent
      env ACME_NO_TELEMETRY  silences 1 endpoint and 12 events
      env ACME_BASE_URL      redirects 2 endpoints
      env ACME_PROXY         influences 2 endpoints
      flag log_gate          enables 1 endpoint
      1 other environment variable read, with no effect seen on what is sent

    references  3 URLs that no network call was seen to use
      documentation 2, namespace 1

    not understood  skipped, cut or unresolved
      parse-error 2  lib/a.js:3:4 unexpected token; lib/b.js:1:1 unexpected end

    package  @acme/cli 1.4.2
      sha512-abcdefghijklmnop · tool acme · requested as acme
    "
  `);
});

test("colour adds nothing but colour", () => {
  const coloured = renderText(acme, { ...plain, color: true });
  expect(coloured).toContain("\x1b[");
  expect(stripVTControlCharacters(coloured)).toBe(text);
});

test("prose fits the width; what may be copied is never cut", () => {
  const narrow = renderText(acme, { ...plain, columns: 60 });
  for (const line of narrow.split("\n")) {
    if (!line.includes("/") && !line.includes("sha256")) expect(line.length, line).toBeLessThanOrEqual(60);
  }
  const long = `https://a.example/${"segment/".repeat(30)}`;
  expect(renderText(report({ endpoints: [endpoint({ url: long })] }), { ...plain, columns: 40 })).toContain(
    "segment/".repeat(30),
  );
});

describe("long lists", () => {
  const many = report({
    endpoints: Array.from({ length: 40 }, (_, index) => endpoint({ url: `https://a.example/p${index}` })),
    events: Array.from({ length: 100 }, (_, index) => event(`x_${index}`)),
  });

  test("are cut, and say by how much and how to see the rest", () => {
    const cut = renderText(many, plain);
    expect(cut).toContain("… and 28 more endpoints (--all, or --format json)");
    expect(cut).toContain("… and 92 more names (--all, or --format json)");
    expect(cut).not.toContain("/p39");
  });

  test("are whole with --all", () => {
    const whole = renderText(many, { ...plain, all: true });
    expect(whole).not.toContain("…  and");
    for (let index = 0; index < 40; index++) expect(whole).toMatch(new RegExp(`/p${index}\\s`));
    for (let index = 0; index < 100; index++) expect(whole).toMatch(new RegExp(`\\bx_${index}\\b`));
  });
});

test("a list of any length", () => {
  const url = "https://a.example/";
  const references = Array.from({ length: 200_000 }, () => ({ url, class: "unknown" as const, evidence: [at(1)] }));
  expect(renderText(report({ references }), { ...plain, all: true }).split("\n").length).toBeGreaterThan(200_000);
});

test("what holds for every endpoint of a host is said once", () => {
  expect(text.match(/redirected by env ACME_BASE_URL/g)).toHaveLength(1);
});

test("what reports on the user comes first, then the maker's own, then others, then what libraries do on their own", () => {
  const mixed = renderText(
    report({
      endpoints: [
        endpoint({ url: "https://sts.cloud.example/", apart: { why: "library", name: "cloud-auth" } }),
        endpoint({ url: "http://169.254.169.254/latest", apart: { why: "metadata" } }),
        endpoint({ url: "https://third.example/a" }),
        endpoint({ url: "https://api.acme.example/b" }),
        endpoint({ url: "https://usage.example/c", channel: "product-analytics" }),
      ],
    }),
    plain,
  );
  const after = mixed.slice(mixed.indexOf("more:"));
  const order = [
    /usage\.example/,
    /api\.acme\.example/,
    /third\.example/,
    /sts\.cloud\.example +1 endpoint, cloud-auth/,
  ];
  const places = order.map((pattern) => after.search(pattern));
  expect(places).toEqual([...places].sort((a, b) => a - b));
  expect(places).not.toContain(-1);
  expect(after).toContain("metadata services  1 endpoint");
  expect(after).not.toContain("169.254.169.254");
  expect(mixed).toContain("2 of them not its own");
});

test("a blocking effect that differs from its channel's stands beside its endpoint", () => {
  const three = report({
    endpoints: [
      endpoint({ url: "https://a.example/1" }),
      endpoint({ url: "https://a.example/2" }),
      endpoint({ url: "https://a.example/3", ifBlocked: { effect: "breaks", reason: "sign-in" } }),
    ],
  });
  expect(renderText(three, plain)).toMatch(/\/3 .*\n\s+but blocking breaks the tool: sign-in/);
});

test("a revealed credential is shown whole, any other by its prefix", () => {
  const key = { kind: "token", sha256: "ab".repeat(32), prefix: "pub1…", evidence: [at(1)] };
  expect(renderText(report({ credentials: [key] }), plain)).toContain("pub1… (token)");
  expect(renderText(report({ credentials: [{ ...key, value: "pub1234567" }] }), plain)).toContain("pub1234567 (token)");
});

test("an empty report still says what was read", () => {
  const empty = renderText(report({ diagnostics: [{ kind: "parse-error", count: 3, detail: "a.js:1:1" }] }), plain);
  expect(empty).toContain("0 endpoints on 0 hosts");
  expect(empty).toMatch(/parse-error 3 {2}a\.js:1:1/);
});

test("nothing from a package can act on the terminal", () => {
  const page = renderText(hostile("\x1b]0;owned\x07\x9b2J\u202e\r\n"), { ...plain, all: true });
  expect(page).not.toMatch(/[^\P{C}\n]/u);
});

test("what the bundle was made of, where source maps were read", () => {
  const made = report({
    packages: [
      { name: "left", version: "1.2.3", files: 4, endpoints: [] },
      { name: "@scope/client", version: null, files: 1, endpoints: ["a1a1a1a1", "b2b2b2b2"] },
    ],
    stats: { ...acme.stats, sources: { files: 1205, firstParty: 1200, lines: 54_321 } },
  });
  expect(renderText(made, plain)).toContain(
    [
      "made of  1,200 files of its own (54,321 lines) and 2 packages",
      "  @scope/client  sends to 2 endpoints",
      "  1 other package that no request was seen in",
    ].join("\n"),
  );
  expect(renderText(made, { ...plain, all: true })).toContain("    left 1.2.3");
  expect(text).not.toContain("made of");
});
