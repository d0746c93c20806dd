import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { Report } from "../extractor/model/report.ts";
import { foldHoles } from "../extractor/model/template.ts";
import { extract } from "../extractor/pipeline.ts";
import { renderJson } from "../extractor/render/json.ts";
import { schemaErrors } from "./report-schema.ts";
import { runCli } from "./run-cli.ts";

const cacheDir = fileURLToPath(new URL("../node_modules/.cache/real-packages", import.meta.url));

describe.each([
  ["npm:@github/copilot@1.0.24", "https://api.github.com/"],
  ["npm:@google/gemini-cli@0.61.0", "https://cloudcode-pa.googleapis.com"],
  ["npm:@cursor/sdk@1.0.32", "https://api"],
  ["npm:@anthropic-ai/claude-code@2.0.75", "https://api.anthropic.com/"],
])("%s", (spec, address) => {
  test(`ends with a valid report that knows ${address}…`, async () => {
    const report = await extract(spec, {
      sourceMaps: true,
      reveal: false,
      cache: { cache: true, offline: false, cacheDir },
      limits: {},
    });
    expect(schemaErrors(report)).toEqual([]);
    expect(report.package.version).toBe(spec.split("@").at(-1));
    const urls = report.endpoints.flatMap(({ url, alternatives }) => [url, ...alternatives]);
    expect(urls.filter((url) => url.startsWith(address))).not.toEqual([]);
  });
});

test("the same bytes again, in another process, by the command line, offline", async () => {
  const spec = "claude-code@2.1.91";
  const cache = { cache: true, offline: false, cacheDir };
  const report = await extract(spec, { sourceMaps: true, reveal: false, cache, limits: {} });
  const args = [spec, "--format", "json", "--quiet", "--offline", "--cache-dir", cacheDir];
  const { code, stdout, stderr } = await runCli(args);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(stdout === renderJson(report)).toBe(true);
});

test("a bundle with a map of 60 MB: each finding has its original place, and nothing else changes", async () => {
  const report = (sourceMaps: boolean) =>
    extract("npm:@anthropic-ai/claude-code@2.1.88", {
      sourceMaps,
      reveal: false,
      cache: { cache: true, offline: false, cacheDir },
      limits: {},
      // beside other work both take long, and neither may end early
      maxSeconds: 3600,
    });
  const [mapped, plain] = [await report(true), await report(false)];
  expect(mapped.stats.sources).toEqual({ files: 4756, firstParty: 1906, lines: 513_123 });
  const evidence = [...mapped.endpoints, ...mapped.events].flatMap((row) => row.evidence);
  expect(evidence.filter(({ source }) => source !== undefined).length).toBeGreaterThan(evidence.length * 0.95);
  const steps = evidence.flatMap(({ derivation = [] }) => derivation);
  expect(steps.filter(({ source }) => source !== undefined).length).toBeGreaterThan(steps.length * 0.95);
  expect(mapped.packages!.length).toBeGreaterThan(300);
  expect(mapped.packages!.filter(({ version }) => version !== null).length).toBeGreaterThan(5);
  // most names of a bundle come from where they stand; the map knows most of the few that don't
  expect(minified(mapped).length).toBeLessThanOrEqual(5);
  expect(minified(mapped).length).toBeLessThan(minified(plain).length / 2);
  expect(withoutMap(mapped)).toEqual(withoutMap(plain));
});

/** Endpoints with a parameter whose name the minifier took. */
const minified = ({ endpoints }: Report) =>
  endpoints.filter(({ holes }) =>
    Object.entries(holes).some(([name, { kind }]) => kind === "param" && /^value(_\d+)?$/.test(name)),
  );

/**
 * What a map must leave as it is: everything but original places, packages, what is theirs, and what parameters are
 * called.
 */
function withoutMap({ packages: _, stats: { sources: __, ...stats }, ...report }: Report) {
  const endpoints = report.endpoints.map(({ url, alternatives, holes, apart, ...rest }) => ({
    ...rest,
    ...(apart?.why === "library" ? {} : { apart }),
    url: foldHoles(url),
    alternatives: alternatives.map(foldHoles),
    holes: Object.values(holes)
      .map(({ kind, from }) => `${kind} ${from}`)
      .sort(),
  }));
  endpoints.sort((a, b) => (a.id < b.id ? -1 : 1));
  return JSON.parse(
    JSON.stringify({ ...report, endpoints, stats }, (key, value) => (key === "source" ? undefined : value)),
  );
}
