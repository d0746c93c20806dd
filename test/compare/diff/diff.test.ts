import { describe, expect, test } from "vitest";
import { diff } from "../../../extractor/compare/diff/diff.ts";
import { failures } from "../../../extractor/compare/diff/fail-on.ts";
import type { Diff } from "../../../extractor/model/diff.ts";
import type { Endpoint, Report } from "../../../extractor/model/report.ts";
import { changesNothing } from "../../../extractor/render/diff/summary.ts";
import { acme, at } from "../../render/report-fixture.ts";
import { endpoint, event, holes, report } from "../report.ts";

const between = (before: Endpoint[], after: Endpoint[]): Diff => diff(report(before), report(after));
const urls = (list: readonly { method: string; url: string }[]) => list.map(({ method, url }) => `${method} ${url}`);
/** `+GET url`, `-GET url`, `~GET url aspect -a +b` */
const said = ({ endpoints: { added, removed, changed } }: Diff): string[] => [
  ...urls(added).map((text) => `+${text}`),
  ...urls(removed).map((text) => `-${text}`),
  ...changed.map(({ method, url, changes }) =>
    [
      `~${method} ${url}`,
      ...changes.map(({ aspect, removed: gone, added: come }) =>
        [aspect, ...gone.map((text) => `-${text}`), ...come.map((text) => `+${text}`)].join(" "),
      ),
    ].join("; "),
  ),
];

test("a report against itself", () => {
  const same = diff(acme, acme);
  expect(changesNothing(same)).toBe(true);
  expect(same).toMatchObject({
    from: { name: "@acme/cli", version: "1.4.2", tool: "acme" },
    endpoints: { changed: [] },
  });
});

test("bundled anew: other places, other names of parameters, other order", () => {
  const rebundled: Report = {
    ...acme,
    package: { ...acme.package, files: 900, bytes: 1, integrity: null },
    endpoints: acme.endpoints.toReversed().map((one) => ({
      ...one,
      id: `x${one.id}`,
      url: one.url.replace("{id}", "{t2}"),
      holes: "id" in one.holes ? holes({ t2: "unknown" }) : one.holes,
      confidence: "partial",
      evidence: [at(777, 1, "chunk-9.js")],
    })),
    events: acme.events.map((one) => ({ ...one, pipelines: one.pipelines.map((id) => `x${id}`), evidence: [at(4)] })),
    credentials: acme.credentials.map((one) => ({ ...one, evidence: [at(1)] })),
    environment: acme.environment.map((one) => ({
      ...one,
      influences: one.influences.map((id) => `x${id}`),
      evidence: [],
    })),
    diagnostics: [],
  };
  expect(changesNothing(diff(acme, rebundled))).toBe(true);
  expect(changesNothing(diff(rebundled, acme))).toBe(true);
});

describe("identity of endpoints", () => {
  test.each<[what: string, before: Endpoint[], after: Endpoint[], said: string[]]>([
    ["nothing", [], [], []],
    ["added", [], [endpoint("GET", "https://a.example/x")], ["+GET https://a.example/x"]],
    ["removed", [endpoint("GET", "https://a.example/x")], [], ["-GET https://a.example/x"]],
    [
      "another method is another endpoint",
      [endpoint("GET", "https://a.example/x")],
      [endpoint("POST", "https://a.example/x")],
      ["+POST https://a.example/x", "-GET https://a.example/x"],
    ],
    [
      "another literal segment too",
      [endpoint("GET", "https://a.example/v1/{id}")],
      [endpoint("GET", "https://a.example/v2/{id}")],
      ["+GET https://a.example/v2/{id}", "-GET https://a.example/v1/{id}"],
    ],
    [
      "a new parameter in the middle too",
      [endpoint("GET", "https://a.example/users")],
      [endpoint("GET", "https://a.example/users/{id}")],
      ["+GET https://a.example/users/{id}", "-GET https://a.example/users"],
    ],
    [
      "a renamed parameter is none",
      [endpoint("GET", "https://a.example/{a}")],
      [endpoint("GET", "https://a.example/{b.c}")],
      [],
    ],
    [
      "a moved parameter is one change",
      [endpoint("GET", "https://a.example/users/{id}/posts")],
      [endpoint("GET", "https://a.example/users/posts/{id}")],
      [
        "~GET https://a.example/users/posts/{id}; url -https://a.example/users/{id}/posts +https://a.example/users/posts/{id}",
      ],
    ],
    [
      "of two that could have moved, each has one partner",
      [endpoint("GET", "https://a.example/u/{id}/p"), endpoint("GET", "https://a.example/{org}/u/p")],
      [endpoint("GET", "https://a.example/u/p/{id}")],
      [
        "-GET https://a.example/{org}/u/p",
        "~GET https://a.example/u/p/{id}; url -https://a.example/u/{id}/p +https://a.example/u/p/{id}",
      ],
    ],
    [
      "a method learned is one change",
      [endpoint("ANY", "https://a.example/x"), endpoint("GET", "https://a.example/y")],
      [endpoint("POST", "https://a.example/x"), endpoint("ANY", "https://a.example/y")],
      ["~POST https://a.example/x; method -ANY +POST", "~ANY https://a.example/y; method -GET +ANY"],
    ],
    [
      "an open method isn't taken for one that stayed",
      [endpoint("POST", "https://a.example/x"), endpoint("ANY", "https://a.example/x")],
      [endpoint("POST", "https://a.example/x")],
      ["-ANY https://a.example/x"],
    ],
    [
      "main URL and alternative exchanged",
      [endpoint("GET", "https://a.example/x", { alternatives: ["https://b.example/x"] })],
      [endpoint("GET", "https://b.example/x", { alternatives: ["https://a.example/x"] })],
      [],
    ],
    [
      "an alternative became the only URL",
      [endpoint("GET", "https://a.example/x", { alternatives: ["https://b.example/x"] })],
      [endpoint("GET", "https://b.example/x")],
      ["~GET https://b.example/x; url -https://a.example/x"],
    ],
    [
      "alternatives nothing is known of join nothing",
      [endpoint("GET", "https://a.example/x", { alternatives: ["{base}{path}"] })],
      [endpoint("GET", "https://b.example/y", { alternatives: ["{base}{path}"] })],
      ["+GET https://b.example/y", "-GET https://a.example/x"],
    ],
    [
      "query and kind are properties",
      [endpoint("GET", "https://a.example/x?a={v}")],
      [endpoint("GET", "https://a.example/x?a={w}&b={v}", { kind: "browser" })],
      [
        "~GET https://a.example/x?a={w}&b={v}; url -https://a.example/x?a={v} +https://a.example/x?a={w}&b={v}; kind -request +browser",
      ],
    ],
  ])("%s", (_what, before, after, expected) => {
    expect(said(between(before, after)).sort()).toEqual(expected.toSorted());
  });
});

describe("properties of an endpoint", () => {
  const url = "https://a.example/x";
  test.each<[Partial<Endpoint>, Partial<Endpoint>, string]>([
    [{ headers: ["X-A", "b"] }, { headers: ["x-a", "C"] }, "headers -b +C"],
    [{ credentials: ["aa"] }, { credentials: ["bb"] }, "credentials -aa +bb"],
    [{}, { gates: [{ kind: "env", name: "OFF", effect: "silences" }] }, "gates +env OFF silences"],
    [{ channel: "other" }, { channel: "updates" }, "channel -other +updates"],
    [{ vendor: null }, { vendor: "acme" }, "vendor -none +acme"],
    [{ dataClasses: ["metrics"] }, { dataClasses: ["metrics", "identity"] }, "dataClasses +identity"],
    [
      { holes: holes({ BASE: "env", x: "param" }) },
      { holes: holes({ HOST: "env", y: "loop" }) },
      "sources -env BASE +env HOST",
    ],
    [
      {},
      { ifBlocked: { effect: "breaks", reason: "no answers" } },
      "ifBlocked -degrades: the function behind it stops working +breaks: no answers",
    ],
  ])("%j -> %j", (before, after, expected) => {
    expect(said(between([endpoint("GET", url, before)], [endpoint("GET", url, after)]))).toEqual([
      `~GET ${url}; ${expected}`,
    ]);
  });
});

test("events: names, fields, gates, and pipelines by what they are", () => {
  const before = report([endpoint("POST", "https://a.example/{x}", { id: "11111111" })], {
    events: [{ ...event("kept", ["a"]), pipelines: ["11111111"] }, event("gone"), event("same_{x}", ["f"])],
  });
  const after = report(
    [
      endpoint("POST", "https://a.example/{y}", { id: "22222222" }),
      endpoint("POST", "https://b.example/", { id: "33333333" }),
    ],
    {
      events: [
        { ...event("kept", ["b"]), pipelines: ["22222222", "33333333"] },
        event("new"),
        event("same_{y}", ["f"]),
      ],
    },
  );
  expect(diff(before, after).events).toEqual({
    added: ["new"],
    removed: ["gone"],
    changed: [
      {
        name: "kept",
        changes: [
          { aspect: "fields", removed: ["a"], added: ["b"] },
          { aspect: "pipelines", removed: [], added: ["POST https://b.example/"] },
        ],
      },
    ],
  });
});

test("hosts: those spelled out, alternatives too, without port", () => {
  const before = report([endpoint("GET", "https://a.example:8443/"), endpoint("GET", "https://{x}.example/")]);
  const after = report([endpoint("GET", "https://A.example/", { alternatives: ["wss://b.example/"] })]);
  expect(diff(before, after).hosts).toEqual({ added: ["b.example"], removed: [] });
});

test("credentials, environment and switches", () => {
  const key = { kind: "token", sha256: "ab", prefix: "x…", evidence: [] };
  const silenced = (effect: "silences" | "enables") =>
    endpoint("GET", "https://a.example/", { id: "11111111", gates: [{ kind: "env", name: "OFF", effect }] });
  const before = report([silenced("silences")], {
    credentials: [key, { ...key, sha256: "cd" }],
    environment: [
      { name: "OFF", influences: ["11111111"], evidence: [] },
      { name: "OLD", influences: [], evidence: [] },
    ],
    events: [{ ...event("e"), gates: [{ kind: "flag", name: "f", effect: "enables" }] }],
  });
  const after = report([silenced("enables")], {
    credentials: [
      { ...key, sentAs: "header X" },
      { ...key, sha256: "ef" },
    ],
    environment: [
      { name: "NEW", influences: [], evidence: [] },
      { name: "OFF", influences: [], evidence: [] },
    ],
    events: [event("e")],
  });
  const result = diff(before, after);
  expect(result.credentials).toMatchObject({
    added: [{ sha256: "ef" }],
    removed: [{ sha256: "cd" }],
    changed: [{ sha256: "ab", changes: [{ aspect: "sentAs", removed: ["not seen"], added: ["header X"] }] }],
  });
  expect(result.environment).toEqual({
    added: ["NEW"],
    removed: ["OLD"],
    changed: [{ name: "OFF", changes: [{ aspect: "influences", removed: ["GET https://a.example/"], added: [] }] }],
  });
  expect(result.gates).toEqual({
    added: [],
    removed: [{ kind: "flag", name: "f", effect: "enables" }],
    changed: [{ kind: "env", name: "OFF", removed: ["silences"], added: ["enables"] }],
  });
});

test("backwards it says the reverse", () => {
  const before = report([endpoint("GET", "https://a.example/x", { headers: ["A"] })], { events: [event("a")] });
  const after = report([endpoint("GET", "https://a.example/x"), endpoint("GET", "https://b.example/x")], {
    events: [event("b")],
  });
  const [forth, back] = [diff(before, after), diff(after, before)];
  expect(back.endpoints.removed).toEqual(forth.endpoints.added);
  expect(back.events).toMatchObject({ added: forth.events.removed, removed: forth.events.added });
  expect(back.hosts).toEqual({ added: forth.hosts.removed, removed: forth.hosts.added });
});

test("--fail-on: which conditions are met, and by what", () => {
  const key = { kind: "token", sha256: "ab", prefix: "x…", evidence: [] };
  const plain = report([endpoint("GET", "https://a.example/")]);
  const more = report([endpoint("GET", "https://a.example/"), endpoint("GET", "https://a.example/x")], {
    credentials: [key],
  });
  const all = ["added-endpoint", "new-host", "new-credential"] as const;
  expect(failures([diff(plain, plain), diff(plain, more)], all)).toEqual([
    { condition: "added-endpoint", culprits: ["GET https://a.example/x"] },
    { condition: "new-credential", culprits: ["token x…"] },
  ]);
  expect(failures([diff(more, plain)], all)).toEqual([]);
});
