import { describe, expect, test } from "vitest";
import { hostPattern, writtenPattern } from "../../../extractor/render/allow/host-pattern.ts";
import { planAllowList } from "../../../extractor/render/allow/plan.ts";
import { warnings } from "../../../extractor/render/allow/words.ts";
import { loadSignatures } from "../../../extractor/signatures/load.ts";
import { needy } from "./needy-tool.ts";

const { sandboxes } = await loadSignatures();
const usual = { withTelemetry: false, requiredOnly: false, withPaths: false };
const plan = (choice: Partial<typeof usual> = {}) => planAllowList([needy], { ...usual, ...choice });
const needs = (made: ReturnType<typeof plan>) => made.hosts.map(({ pattern, need }) => `${need} ${pattern}`);
const sandbox = (id: string) => sandboxes.find((one) => one.id === id)!;

describe("which hosts are allowed", () => {
  test("required is what breaks whatever is set; telemetry is left out", () => {
    expect(needs(plan())).toEqual([
      "optional *-llm.cloud.example",
      "optional *.s3.amazonaws.com",
      "optional *.teams.example",
      "optional 203.0.113.9",
      "optional [2001:db8::9]",
      "required api.acme.example",
      "optional cloud.example",
      "optional downloads.example",
      "optional llm.*.cloud.example",
      "required login.acme.example",
      "optional login.staging.example",
    ]);
    expect(plan().left.map(({ pattern, need }) => [pattern, need])).toEqual([["stats.example", "telemetry"]]);
  });

  test("telemetry is there if asked for, and what the tool merely misses is not there if not", () => {
    expect(needs(plan({ withTelemetry: true }))).toContain("telemetry stats.example");
    expect(needs(plan({ requiredOnly: true }))).toEqual(["required api.acme.example", "required login.acme.example"]);
  });

  test("local hosts, endings and open hosts are told apart", () => {
    expect(plan().local).toEqual(["localhost"]);
    expect(plan().unfit).toEqual([{ host: "github.io", why: "suffix" }]);
    expect(plan().open.map(({ source, isServers }) => [source, isServers])).toEqual([
      ["answer upload.url of https://api.acme.example/v1/uploads", true],
      ["config anything", false],
      ["env ACME_URL", false],
    ]);
  });

  test("ports are those of the URLs", () => {
    const ports = Object.fromEntries(plan().hosts.map((host) => [host.pattern, host.ports]));
    expect(ports["downloads.example"]).toEqual([8443]);
    expect(ports["api.acme.example"]).toEqual([443]);
  });
});

describe("a star stands where the code makes the text, and nowhere else", () => {
  test.each([
    ["https://{team}.acme.example/x", "*.acme.example"],
    ["https://a-{x}-{y}.acme.example:{port}/x", "a-*-*.acme.example"],
    ["wss://{a}{b}.acme.example/", "*.acme.example"],
    ["https://api.{domain}/x", null],
    ["https://{host}/x", null],
    ["https://{host}.com/x", null],
    ["https://{region}.co.uk/x", null],
    ["https://api.acme.example/{id}", null],
    ["{base}/x", null],
    ["https://{a b}\n.acme.example/", null],
  ])("%s is %s", (url, pattern) => {
    expect(hostPattern(url)).toBe(pattern);
  });

  test.each([
    ["*.acme.example", "leading", "*.acme.example"],
    ["*.acme.example", "below", "acme.example"],
    ["*.acme.example", "none", null],
    ["a.*.acme.example", "leading", null],
    ["a.*.acme.example", "label", "a.*.acme.example"],
    ["*-a.acme.example", "leading", null],
    ["*-a.acme.example", "label", null],
    ["*-a.acme.example", "text", "*-a.acme.example"],
    // whoever has a bucket there has a name of its own: all of them were not meant
    ["*.s3.amazonaws.com", "leading", null],
  ] as const)("%s where stars are %s: %s", (pattern, wildcards, text) => {
    expect(writtenPattern(pattern, { wildcards })).toBe(text);
  });
});

test("warnings name what else goes to an allowed host, what stops it, and what the server can move", () => {
  const said = warnings(plan(), sandbox("claude-settings"));
  expect(said).toEqual([
    "api.acme.example also gets telemetry: POST https://api.acme.example/v1/events?x={y}; ACME_NO_EVENTS stops it",
    "*.s3.amazonaws.com can be moved by the server: answer bucket",
    "api.acme.example can be moved by the server: flag acme_region",
    "the server names a host: answer upload.url of https://api.acme.example/v1/uploads (1 endpoint)",
    expect.stringContaining("no entry for it: *-llm.cloud.example (config zone)"),
    expect.stringContaining("no entry for it: *.s3.amazonaws.com (response bucket)"),
    expect.stringContaining("no entry for it: [2001:db8::9]"),
    expect.stringContaining("no entry for it: llm.*.cloud.example (env REGION)"),
  ]);
  expect(warnings(plan({ withPaths: true }), sandbox("coder")).join("\n")).not.toContain("also gets telemetry");
});
