import { describe, expect, test } from "vitest";
import type { Endpoint, Report, TelemetryEvent } from "../../extractor/model/report.ts";
import { event as happened, endpoint as reported, report as reportOf } from "../compare/report.ts";
import { compare, normUrl, urlMatches } from "./compare.ts";

const endpoint = (part: Partial<Endpoint>) => reported("GET", "https://a.dev/v1", { id: "00000000", ...part });
const event = (part: Partial<TelemetryEvent>) => ({ ...happened("started"), ...part });
const report = (part: Partial<Report>) => reportOf([], part);

const truth = { about: "", endpoints: [{ method: "GET" as const, url: "https://a.dev/v1" }] };

describe("URLs", () => {
  test("holes lose their names, queries and trailing slashes go, hosts are lower case", () => {
    expect(normUrl("HTTPS://A.dev/Users/{user {x}}/?q=1#f")).toBe("https://a.dev/Users/{}");
  });

  test.each([
    ["https://a.dev/{}", "https://a.dev/x", true],
    ["https://a.dev/{}", "https://a.dev/{}", true],
    ["https://a.dev/v1/{}.git", "https://a.dev/v1/{}", true],
    ["https://a.dev/v1/users", "https://a.dev/v1/{}", false],
    ["https://a.dev/{}", "https://a.dev/x/y", false],
    ["{}/telemetry", "https://{}/telemetry", true],
    ["{}/telemetry", "https://b.dev/telemetry", false],
  ])("%s takes %s: %s", (wanted, predicted, expected) => {
    expect(urlMatches(wanted, predicted)).toBe(expected);
  });
});

describe("reports", () => {
  test("the truth itself has no problems", () => {
    expect(compare(report({ endpoints: [endpoint({})] }), truth)).toEqual([]);
  });

  test("a missing, a wrong and an absent endpoint are told apart from the right one", () => {
    const wrong = endpoint({ url: "https://b.dev/other", alternatives: ["https://c.dev/other"] });
    expect(compare(report({ endpoints: [wrong] }), truth)).toEqual([
      "missing: request GET https://a.dev/v1",
      "wrong: request GET https://b.dev/other",
      "wrong: request GET https://c.dev/other",
    ]);
    const hole = endpoint({ url: "{base}/v9" });
    expect(compare(report({ endpoints: [endpoint({}), hole] }), truth)).toEqual([]);
    expect(compare(report({ endpoints: [endpoint({}), hole] }), { ...truth, absent: ["{x}/v9"] })).toHaveLength(1);
  });

  test("the method counts on the wire, not for child processes", () => {
    expect(compare(report({ endpoints: [endpoint({ method: "POST" })] }), truth)).toHaveLength(2);
    const spawned = {
      about: "",
      endpoints: [{ method: "ANY" as const, kind: "spawn" as const, url: "https://a.dev/v1" }],
    };
    expect(compare(report({ endpoints: [endpoint({ kind: "spawn" })] }), spawned)).toEqual([]);
    expect(compare(report({ endpoints: [endpoint({ kind: "request" })] }), spawned)).toHaveLength(2);
  });

  test("headers, holes, credentials and alternatives are wanted; gates must be the same", () => {
    const gate = { kind: "env" as const, name: "OFF", effect: "silences" as const };
    const wanted = {
      ...truth,
      endpoints: [
        {
          method: "GET" as const,
          url: "https://a.dev/v1",
          headers: ["X-A"],
          holes: [{ kind: "response", from: "https://a.dev/me" }],
          credentials: ["abc"],
          alternatives: ["https://b.dev/v1"],
          gates: [gate],
        },
      ],
    };
    const full = endpoint({
      headers: ["x-a"],
      holes: { host: { kind: "response", from: "https://a.dev/me" } },
      credentials: ["abc"],
      alternatives: ["https://b.dev/v1"],
      gates: [gate],
    });
    expect(compare(report({ endpoints: [full] }), wanted)).toEqual([]);
    expect(compare(report({ endpoints: [endpoint({})] }), wanted)).toHaveLength(5);
    const two = endpoint({ ...full, gates: [gate, { ...gate, name: "ON" }] });
    expect(compare(report({ endpoints: [two] }), wanted)).toEqual(["GET https://a.dev/v1: wrong gate env ON silences"]);
  });

  test("events, fields and pipelines", () => {
    const wanted = {
      ...truth,
      events: [{ name: "ide_{kind}", fields: ["a", "b"], pipelines: ["https://a.dev/v1"] }],
      notEvents: ["flag"],
    };
    const sent = event({ name: "ide_{x}", fields: ["a", "b", "...{rest}"], pipelines: ["1"] });
    expect(compare(report({ endpoints: [endpoint({ id: "1" })], events: [sent] }), wanted)).toEqual([]);
    const poor = event({ name: "ide_{x}", fields: ["a", "c"] });
    expect(
      compare(report({ endpoints: [endpoint({ id: "1" })], events: [poor, event({ name: "flag" })] }), wanted),
    ).toEqual([
      "not an event: flag",
      "wrong event: flag",
      "ide_{kind}: missing field b",
      "ide_{kind}: wrong field c",
      "ide_{kind}: missing pipeline https://a.dev/v1",
    ]);
  });

  test("environment variables", () => {
    const wanted = { ...truth, environment: ["A"], notEnvironment: ["B"] };
    const read = [{ name: "B", influences: [], evidence: [] }];
    expect(compare(report({ endpoints: [endpoint({})], environment: read }), wanted)).toEqual([
      "missing environment: A",
      "wrong environment: B",
    ]);
  });
});
