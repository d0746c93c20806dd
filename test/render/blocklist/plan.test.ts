import { expect, test } from "vitest";
import { blockListFormats } from "../../../extractor/render/blocklist/formats.ts";
import {
  type BlockPlan,
  type ListChoice,
  planBlockList,
  TELEMETRY_CHANNELS,
} from "../../../extractor/render/blocklist/plan.ts";
import { endpoint, report } from "../report-fixture.ts";
import { tool } from "./tool-report.ts";

const telemetry: ListChoice = { only: TELEMETRY_CHANNELS, keep: "required" };
const all = (keep: ListChoice["keep"]): ListChoice => ({ only: null, keep });
const names = (plan: BlockPlan) => ({
  blocked: plan.blocked.map(({ host }) => host),
  shared: plan.shared.map(({ host }) => host),
  kept: plan.kept.map(({ host }) => host),
  local: plan.local.map(({ host }) => host),
  open: plan.open.map(({ url }) => url),
});

test("telemetry only: what the tool needs is never blocked, and holes are never names", () => {
  expect(names(planBlockList([tool], telemetry))).toEqual({
    blocked: ["203.0.113.9", "[2001:db8::9]", "stats-eu.example", "stats.example", "xn--bcher-kva.example"],
    shared: ["api.acme.example"],
    kept: ["downloads.example", "login.stats.example"],
    local: ["169.254.169.254", "localhost"],
    open: ["https://{region}.stats.example/x", "{OTEL}/v1/traces"],
  });
});

test.each<[ListChoice, string[], string[]]>([
  [all("nothing"), ["api.acme.example", "downloads.example", "login.stats.example"], []],
  [all("required"), ["downloads.example"], ["api.acme.example"]],
  [all("useful"), [], ["api.acme.example"]],
  [{ only: ["updates"], keep: "nothing" }, ["downloads.example"], []],
  [{ only: ["model-api"], keep: "nothing" }, ["api.acme.example"], []],
])("%j", (choice, blocked, shared) => {
  const plan = names(planBlockList([tool], choice));
  const asked = ["api.acme.example", "downloads.example", "login.stats.example"];
  expect(plan.blocked.filter((host) => asked.includes(host))).toEqual(blocked);
  expect(plan.shared).toEqual(shared);
});

test("every host of the reports stands in exactly one list", () => {
  const other = report({
    endpoints: [
      endpoint({
        url: "https://stats.example/needed",
        channel: "model-api",
        ifBlocked: { effect: "breaks", reason: "x" },
      }),
    ],
  });
  for (const keep of ["nothing", "required", "useful"] as const) {
    const { open: _, ...lists } = names(planBlockList([tool, other], all(keep)));
    const hosts = Object.values(lists).flat();
    expect(hosts).toHaveLength(10);
    expect(new Set(hosts).size).toBe(10);
  }
  expect(names(planBlockList([tool, other], telemetry)).shared).toEqual(["api.acme.example", "stats.example"]);
});

test.each(Object.entries(blockListFormats))(
  "%s: each entry has its reason, what isn't blocked is said",
  (_name, format) => {
    const text = format.render(planBlockList([tool], telemetry));
    expect(text).toContain("third-party-logs: blocking is safe: nothing the user asked for depends on it (1 endpoint)");
    expect(text).toContain("POST https://api.acme.example/v1/events/{org}?x={y}");
    expect(text).toContain("POST https://api.acme.example/v1/messages");
    expect(text).toContain("{OTEL}/v1/traces");
    expect(text).toContain("login.stats.example");
  },
);

/** What a consumer reads of a file of lines. */
const entries = (text: string, comment: string): string[] =>
  text.split("\n").filter((line) => line !== "" && !line.startsWith(comment));

const EXACT = ["stats-eu.example", "stats.example", "xn--bcher-kva.example"];

test.each<[keyof typeof blockListFormats, string, string[]]>([
  ["hosts", "#", EXACT.flatMap((host) => [`0.0.0.0 ${host}`, `:: ${host}`])],
  ["domains", "#", EXACT],
  ["pihole", "#", EXACT],
  ["adguard", "!", ["||203.0.113.9^", ...EXACT.map((host) => `||${host}^`), "@@||login.stats.example^"]],
  ["dnsmasq", "#", [...EXACT.map((host) => `address=/${host}/`), "server=/login.stats.example/#"]],
])("%s: the entries", (name, comment, expected) => {
  expect(entries(blockListFormats[name].render(planBlockList([tool], telemetry)), comment)).toEqual(expected);
});

test("Little Snitch and JSON", () => {
  const plan = planBlockList([tool], telemetry);
  const { rules } = JSON.parse(blockListFormats["little-snitch"].render(plan));
  expect(rules[0]).toMatchObject({ action: "deny", process: "any", "remote-addresses": "203.0.113.9" });
  expect(rules.slice(2).map((rule: Record<string, string>) => rule["remote-hosts"])).toEqual(EXACT);
  const list = JSON.parse(blockListFormats.json.render(plan));
  expect(list.allow.map(({ host }: { host: string }) => host)).toEqual([
    "api.acme.example",
    "downloads.example",
    "login.stats.example",
  ]);
  expect(list.allow[0]).toMatchObject({
    allowPaths: ["POST https://api.acme.example/v1/messages"],
    blockPaths: ["POST https://api.acme.example/v1/events/{org}?x={y}"],
  });
  expect(list.block).toHaveLength(5);
});

test("hosts that a file could trip over never stand in a list", () => {
  const bad = [
    "a.example\n0.0.0.0 b.example",
    "a b.example",
    "x^$important.example",
    "a/b",
    "*.example",
    "-a.example",
    "a..b",
    "a,b.example",
    "#.example",
    "%0a.example",
    "a;reject.example",
  ];
  const hostile = report({
    endpoints: bad.map((host) =>
      endpoint({
        url: `https://${host}/x\n0.0.0.0 c.example`,
        channel: "other\nx",
        ifBlocked: { effect: "safe", reason: "r\n0.0.0.0 d.example" },
      }),
    ),
  });
  const plan = planBlockList([hostile], all("nothing"));
  const forms = [/^0\.0\.0\.0 [a-z.]+$/, /^:: [a-z.]+$/];
  for (const line of entries(blockListFormats.hosts.render(plan), "#"))
    expect(forms.some((form) => form.test(line))).toBe(true);
  expect(plan.blocked.map(({ host }) => host).filter((host) => !/^[a-z.]+$/.test(host))).toEqual([]);
});

const unwanted = (url: string) =>
  endpoint({ url, channel: "product-analytics", ifBlocked: { effect: "safe", reason: "nothing depends on it" } });

test("a host that many programs need is never blocked whole, whatever is kept", () => {
  const stats = { ...unwanted("https://forge.example.com/o/r/telemetry"), gates: [stop("TOOL_QUIET")] };
  const one = report({ endpoints: [stats], sharedHosts: ["forge.example.com"] });
  const plan = planBlockList([one], all("nothing"));
  expect(names(plan)).toMatchObject({ blocked: [], shared: ["forge.example.com"] });
  const text = blockListFormats.hosts.render(plan);
  expect(text).toContain("forge.example.com  many other programs need it");
  expect(text).toContain("or set TOOL_QUIET");
  expect(entries(text, "#")).toEqual([]);
});

const stop = (name: string) => ({ kind: "env", name, effect: "silences" }) as const;

test("a name that anybody can register under, that nobody can register, or that DNS doesn't take, is said and not blocked", () => {
  const hosts = ["co.uk", "github.io", "s3.amazonaws.com", "intake.tool.devhttps", "-x.tool.example", "a.github.io"];
  const plan = planBlockList([report({ endpoints: hosts.map((host) => unwanted(`https://${host}/x`)) })], telemetry);
  expect(names(plan)).toMatchObject({ blocked: ["a.github.io"], shared: [], open: [] });
  expect(plan.unfit.map(({ host, why }) => [host, why])).toEqual([
    ["-x.tool.example", "misspelled"],
    ["co.uk", "suffix"],
    ["github.io", "suffix"],
    ["intake.tool.devhttps", "unregistrable"],
    ["s3.amazonaws.com", "suffix"],
  ]);
  for (const [name, format] of Object.entries(blockListFormats))
    for (const { host } of plan.unfit)
      expect([name, format.render(plan)]).toEqual([name, expect.stringContaining(host)]);
});

test("rules for paths are there if asked for", () => {
  const squid = (withPaths: boolean) =>
    blockListFormats.squid.render(planBlockList([tool], { ...telemetry, withPaths }));
  expect(squid(false)).not.toContain("url_regex");
  expect(squid(true)).toContain(
    "\nacl endpoint_extractor_paths url_regex ^https://api\\.acme\\.example/v1/events/[^/?#]+",
  );
  expect(squid(true)).toContain("\nhttp_access deny endpoint_extractor_paths");
});
