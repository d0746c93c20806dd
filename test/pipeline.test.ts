import { fileURLToPath } from "node:url";
import { beforeAll, describe, expect, test } from "vitest";
import { acquire } from "../extractor/acquire/acquire.ts";
import { readArtifact } from "../extractor/container/archive.ts";
import { DiagnosticLog } from "../extractor/model/diagnostic.ts";
import type { Endpoint, Report } from "../extractor/model/report.ts";
import { loadSignatures } from "../extractor/signatures/load.ts";
import { schemaErrors } from "./report-schema.ts";
import { runCli } from "./run-cli.ts";

const SPEC = "claude-code@2.1.91";
/** Kept between runs, and apart from the person's own cache. */
const cacheDir = fileURLToPath(new URL("../node_modules/.cache/real-packages", import.meta.url));

let report: Report;
let whole: Report;
beforeAll(async () => {
  // in a process of its own, as a person runs it: the tests' module loader makes the same work cost a fifth more
  const outcome = await runCli([SPEC, "--format", "json", "--reveal", "--quiet", "--cache-dir", cacheDir]);
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  whole = JSON.parse(outcome.stdout);
  report = withoutValues(whole);
});

/** The report as it is without `--reveal`. */
function withoutValues(revealed: Report): Report {
  return { ...revealed, credentials: revealed.credentials.map(({ value: _, ...rest }) => rest) };
}

/** `cli.js:12` for every line of the package's JavaScript that holds the text. */
async function linesOf(text: string): Promise<Set<string>> {
  const log = new DiagnosticLog();
  const { tools } = await loadSignatures();
  const { artifact } = await acquire(SPEC, { tools, options: { cache: true, offline: true, cacheDir }, log });
  const places = new Set<string>();
  for await (const file of readArtifact(artifact, { log })) {
    if (!("text" in file)) continue;
    for (const [i, line] of file.text.split("\n").entries())
      if (line.includes(text)) places.add(`${file.path}:${i + 1}`);
  }
  return places;
}

const addresses = ({ url, alternatives }: Endpoint): string[] => [url, ...alternatives];
const endpointTo = (method: string, address: string): Endpoint | undefined =>
  report.endpoints.find((e) => e.method === method && addresses(e).includes(address));

describe("claude-code 2.1.91 from npm", () => {
  test("fits the published schema", () => expect(schemaErrors(report)).toEqual([]));

  test("logs to a third party, with the key it bakes in", () => {
    const intake = endpointTo("POST", "https://http-intake.logs.us5.datadoghq.com/api/v2/logs");
    expect(intake).toMatchObject({ confidence: "exact", headers: expect.arrayContaining(["DD-API-KEY"]) });
    const keys = report.credentials.filter(({ sha256 }) => intake?.credentials.includes(sha256));
    expect(keys).toMatchObject([
      { kind: "datadog-client-token", sentAs: "header DD-API-KEY", prefix: expect.stringMatching(/^pub[0-9a-f]{5}…$/) },
    ]);
  });

  test("sends its own events in batches", () => {
    expect(endpointTo("POST", "https://api.anthropic.com/api/event_logging/batch")).toBeDefined();
  });

  test("talks to the model: seen where the call is, not where documentation shows the same URL", async () => {
    const model = report.endpoints.filter((e) => e.method === "POST" && /\/v1\/messages(\?|$)/.test(e.url));
    expect(model.length).toBeGreaterThan(0);
    const shown = await linesOf("https://api.anthropic.com/v1/messages");
    expect(shown.size).toBeGreaterThan(0);
    const called = model.flatMap((e) => e.evidence.map(({ file, line }) => `${file}:${line}`));
    expect(called.length).toBeGreaterThan(0);
    expect(called.filter((place) => shown.has(place))).toEqual([]);
  });

  test("names 700 events or more", () => {
    expect(report.events.length).toBeGreaterThanOrEqual(700);
    expect(new Set(report.events.map((e) => e.name)).size).toBe(report.events.length);
  });

  test("shows no value of a key anywhere", () => {
    const values = whole.credentials.map((c) => c.value!);
    expect(values.length).toBeGreaterThan(0);
    expect(values.every((value) => value.length >= 8)).toBe(true);
    const text = JSON.stringify(report);
    expect(whole.credentials.filter((c) => text.includes(c.value!)).map((c) => c.kind)).toEqual([]);
  });
});
