import { beforeAll, describe, expect, test } from "vitest";
import { acquire } from "../../extractor/acquire/acquire.ts";
import { readArtifact } from "../../extractor/container/archive.ts";
import { findBinaryStrings } from "../../extractor/find/native/native-findings.ts";
import type { ArtifactFile } from "../../extractor/model/artifact.ts";
import { DiagnosticLog } from "../../extractor/model/diagnostic.ts";
import { printTemplate } from "../../extractor/model/template.ts";

async function read(spec: string): Promise<{ files: ArtifactFile[]; seconds: number; log: DiagnosticLog }> {
  const log = new DiagnosticLog();
  const { artifact } = await acquire(`npm:${spec}`, { tools: [], options: { cache: true, offline: false }, log });
  const started = performance.now();
  const files: ArtifactFile[] = [];
  for await (const file of readArtifact(artifact, { log })) files.push(file);
  return { files, seconds: (performance.now() - started) / 1000, log };
}

describe("opencode 1.1.53: Bun overlay with source maps", () => {
  let files: ArtifactFile[];
  let log: DiagnosticLog;
  beforeAll(async () => {
    ({ files, log } = await read("opencode-linux-x64@1.1.53"));
  });

  test("19 modules, three of them JavaScript of 19.8 MB", () => {
    const inside = files.filter((f) => f.path.startsWith("bin/opencode/") && !("map" in f));
    expect(inside).toHaveLength(19);
    const sources = inside.filter((f) => "text" in f);
    expect(sources).toHaveLength(3);
    expect(sources.reduce((sum, f) => sum + f.bytes, 0)).toBe(19_816_870);
  });

  test("the original sources of 1,570 files", () => {
    const maps = files.flatMap((f) => ("map" in f ? [JSON.parse(f.map.toString())] : []));
    expect(maps).toHaveLength(3);
    expect(new Set(maps.flatMap((map) => map.sources)).size).toBe(1570);
    for (const map of maps) {
      expect(map.sourcesContent).not.toContain(null);
      expect(map.mappings.length).toBeGreaterThan(100_000);
    }
  });

  test("nothing is lost", () => expect(log.list()).toEqual([]));
});

describe("codex 0.120.0: Rust", () => {
  let found: ReturnType<typeof findBinaryStrings>;
  let counts: Record<string, number>;
  let seconds: number;
  beforeAll(async () => {
    const read_ = await read("@openai/codex@0.120.0-linux-x64");
    seconds = read_.seconds;
    const [binary] = read_.files.flatMap((f) => ("strings" in f && f.path.endsWith("/codex") ? [f] : []));
    counts = {};
    for (const { layer } of binary!.strings) counts[layer] = (counts[layer] ?? 0) + 1;
    found = findBinaryStrings(binary!, { program: "@openai/codex", isPath: () => false }, read_.log);
  });

  const requests = () => found.requests.map((r) => `${r.confidence} ${printTemplate(r.urls[0]!)}`);

  test("tens of thousands of strings, thousands of templates", () => {
    expect(counts).toMatchObject({
      pointer: expect.toSatisfy((n: number) => n > 25_000),
      reference: expect.toSatisfy((n: number) => n > 15_000),
      format: expect.toSatisfy((n: number) => n > 6000),
      inline: expect.toSatisfy((n: number) => n > 1500),
    });
    expect(seconds).toBeLessThan(60);
  });

  test.each([
    "exact https://ab.chatgpt.com/otlp/v1/metrics",
    "exact https://auth.openai.com/oauth/token",
    "exact https://chatgpt.com/backend-api/codex",
    "exact https://api.github.com/repos/openai/codex/releases/latest",
    "partial {base}/wham/tasks/{arg1}",
    "partial {base}/wham/tasks/{arg1}/turns/{arg2}/sibling_turns",
    "partial {base}/codex/analytics-events/events",
  ])("%s", (request) => expect(requests()).toContain(request));

  test("the metrics request has its header and key", () => {
    const metrics = found.requests.find((r) => printTemplate(r.urls[0]!).includes("/otlp/"));
    expect(metrics).toMatchObject({ headers: ["statsig-api-key"], secrets: [{ sentAs: "header statsig-api-key" }] });
  });

  test("87 event names, and no run-on among the sure endpoints", () => {
    const events = found.events.map((e) => e.name.join("")).filter((name) => name.startsWith("codex."));
    expect(events).toHaveLength(87);
    expect(found.events).toHaveLength(87);
    for (const request of requests().filter((r) => !r.startsWith("low")))
      expect(request.match(/https?:/g) ?? []).not.toHaveLength(2);
  });
});
