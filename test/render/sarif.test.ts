import type { Log, Run } from "sarif";
import { describe, expect, test } from "vitest";
import { formats } from "../../extractor/render/formats.ts";
import { renderSarif } from "../../extractor/render/sarif.ts";
import { acme, at, endpoint, event, hostile, report } from "./report-fixture.ts";

// The shape is checked by the compiler: the renderer builds a value of the type `Log`. What types can't say is here.
const runOf = (text: string): Run => (JSON.parse(text) as Log).runs[0]!;
const run = runOf(renderSarif(acme));

test("one result for each endpoint, credential and event", () => {
  expect(run.results).toHaveLength(acme.endpoints.length + acme.credentials.length + acme.events.length);
  expect(run.results![0]).toMatchObject({
    ruleId: "endpoint/model-api",
    level: "note",
    message: { text: expect.stringContaining("POST https://api.acme.example/v1/messages") },
    partialFingerprints: { "endpointId/v1": "a1a1a1a1" },
    properties: { url: "https://api.acme.example/v1/messages", vendor: "acme" },
  });
});

test("diagnostics are notifications", () => {
  expect(run.invocations![0]).toMatchObject({
    executionSuccessful: true,
    toolExecutionNotifications: [{ descriptor: { id: "parse-error" }, level: "note" }],
  });
});

describe.each([
  ["an ordinary report", acme],
  ["a hostile report", hostile("\x1b[31m{0}[x](y)\\\u202e\ud800 %/../a b:\n")],
])("%s", (_what, source) => {
  const { results = [], tool } = runOf(renderSarif(source));

  test("rule ids are unique, and every result points at its rule", () => {
    const ids = tool.driver.rules!.map(({ id }) => id);
    expect(new Set(ids).size).toBe(ids.length);
    for (const { ruleId, ruleIndex } of results) expect(ids[ruleIndex!]).toBe(ruleId);
  });

  test("file names are relative URI references below the package, places are 1-based", () => {
    const places = results.flatMap((result) => [...(result.locations ?? []), ...(result.relatedLocations ?? [])]);
    expect(places.length).toBeGreaterThan(0);
    for (const { physicalLocation } of places) {
      expect(physicalLocation!.artifactLocation!.uri).toMatch(
        /^(?:[\w.~!'()*-]|%[\dA-F]{2})+(?:\/(?:[\w.~!'()*-]|%[\dA-F]{2})*)*$/,
      );
      expect(physicalLocation!.artifactLocation!.uriBaseId).toBe("PACKAGE");
      expect(physicalLocation!.region!.startLine).toBeGreaterThan(0);
      expect(physicalLocation!.region!.startColumn).toBeGreaterThan(0);
    }
  });

  test("messages hold no placeholder, no link and no control character", () => {
    for (const { message } of results) {
      expect(message.text!.replace(/\{\{|\}\}/g, "")).not.toMatch(/[{}]/);
      expect(message.text!.replace(/\\[[\]\\]/g, "")).not.toMatch(/[[\]]/);
      expect(message.text!).not.toMatch(/\p{C}/u);
    }
  });
});

test("derivations are code flows; further places and original sources are related locations", () => {
  const derived = endpoint({
    url: "https://a.example/",
    evidence: [
      {
        ...at(3),
        derivation: [{ what: "base URL", line: 1, column: 2 }],
        source: { file: "src/a.ts", line: 4, column: 5 },
      },
      at(9),
    ],
  });
  const [result] = runOf(renderSarif(report({ endpoints: [derived] }))).results!;
  expect(result!.locations).toHaveLength(1);
  expect(result!.relatedLocations!.map(({ message }) => message!.text)).toEqual(["original source", "another place"]);
  expect(result!.codeFlows![0]!.threadFlows[0]!.locations[0]!.location!.message!.text).toBe("base URL");
});

test("a credential's value is there only if it was revealed", () => {
  const key = { kind: "token", sha256: "ab".repeat(32), prefix: "pub1…", evidence: [at(1)] };
  expect(renderSarif(report({ credentials: [key] }))).not.toContain("pub1234567");
  expect(renderSarif(report({ credentials: [{ ...key, value: "pub1234567" }] }))).toContain("pub1234567");
});

test("without --all only what somebody would act on is a result", async () => {
  const source = report({
    endpoints: [
      endpoint({ id: "a", url: "https://api.acme.example/v1" }),
      endpoint({ id: "b", url: "https://usage.acme.example/", channel: "product-analytics" }),
      endpoint({ id: "c", url: "{base}/upload" }),
      endpoint({ id: "d", url: "https://traces.example/", channel: "opentelemetry", apart: { why: "library" } }),
    ],
    events: [event("start")],
  });
  const rendering = { color: false, columns: 80, all: false };
  const ids = async (all: boolean) =>
    runOf(await formats.sarif.render(source, { ...rendering, all })).results!.map((one) =>
      Object.values(one.partialFingerprints ?? {}).join(),
    );
  expect(await ids(false)).toEqual(["b", "c"]);
  expect(await ids(true)).toEqual(["a", "b", "c", "d", "start"]);
});
