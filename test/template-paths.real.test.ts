import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { acquire } from "../extractor/acquire/acquire.ts";
import { readArtifact } from "../extractor/container/archive.ts";
import { DiagnosticLog } from "../extractor/model/diagnostic.ts";
import { extract } from "../extractor/pipeline.ts";
import { loadSignatures } from "../extractor/signatures/load.ts";

const SPEC = "npm:@anthropic-ai/claude-code@2.1.91";
const cacheDir = fileURLToPath(new URL("../node_modules/.cache/real-packages", import.meta.url));

/**
 * `/api/…` and `/v1/…` right behind the value that a template begins with: what is in front of it is known to the
 * program alone.
 */
const PATH = /`\$\{[^{}`]*(?:\{[^{}`]*\}[^{}`]*)*\}(\/(?:api|v1)\/[\w./-]*)/g;

async function pathsInTemplates(): Promise<string[]> {
  const log = new DiagnosticLog();
  const { tools } = await loadSignatures();
  const { artifact } = await acquire(SPEC, { tools, options: { cache: true, offline: false, cacheDir }, log });
  const paths = new Set<string>();
  for await (const file of readArtifact(artifact, { log })) {
    if (!("text" in file) || !file.path.endsWith(".js")) continue;
    for (const [, path] of file.text.matchAll(PATH)) paths.add(path!.replace(/\/$/, ""));
  }
  return [...paths].sort();
}

test("paths in templates come out as URLs with a host: 39 of 41, where a search for URLs finds 4", async () => {
  const paths = await pathsInTemplates();
  expect(paths).toHaveLength(41);
  const { endpoints } = await extract(SPEC, {
    sourceMaps: false,
    reveal: false,
    cache: { cache: true, offline: false, cacheDir },
    limits: {},
  });
  const hosted = endpoints
    .flatMap(({ url, alternatives }) => [url, ...alternatives])
    .flatMap((url) => /^[a-z]+:\/\/[^/{}]+(\/.*)$/.exec(url)?.[1] ?? []);
  const isFound = (path: string) =>
    hosted.some((known) => known.startsWith(path) && /^$|^[/?{]/.test(known.slice(path.length)));
  expect(paths.filter((path) => !isFound(path)).length).toBeLessThanOrEqual(2);
});
