import { createHash } from "node:crypto";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pacote from "pacote";
import { afterAll, beforeAll, expect, test } from "vitest";
import { parse } from "../../extractor/syntax/parse.ts";
import { groupStatements, splitStatements } from "../../extractor/syntax/tokens/split.ts";
import { outline, outlineOfRanges, rangesOf } from "./slices.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "split-"));
});
afterAll(async () => {
  await rm(folder, { recursive: true, force: true });
});

/** The distinct JavaScript texts of a package, by path. */
async function scripts(spec: string, under: string): Promise<Map<string, string>> {
  const into = join(folder, spec.replaceAll("/", "_"));
  await pacote.extract(spec, into);
  const texts = new Map<string, string>();
  const seen = new Set<string>();
  for (const entry of await readdir(into, { recursive: true })) {
    if (!entry.startsWith(under) || !/\.[cm]?js$/.test(entry)) continue;
    const bytes = await readFile(join(into, entry));
    const digest = createHash("sha256").update(bytes).digest("base64");
    if (!seen.has(digest)) texts.set(entry, bytes.toString("utf8"));
    seen.add(digest);
  }
  await rm(into, { recursive: true });
  return texts;
}

/** What went otherwise than in a parse of the whole file: one line per file. */
function differences(path: string, text: string): string[] {
  const split = splitStatements(text);
  const { file, problems } = parse(text, path);
  if (file === null) return [`${path} does not parse: ${problems[0]?.message}`];
  if (split.kind === "unsure") return [`${path}: unsure at ${split.at}: ${split.why}`];
  const whole = outline(file);
  return [rangesOf(split.ends), groupStatements(split.ends)].flatMap((ranges) => {
    const pieces = outlineOfRanges(text, ranges);
    const at = pieces.findIndex((line, i) => line !== whole[i]);
    return at < 0 && pieces.length === whole.length ? [] : [`${path}: ${pieces[at]} instead of ${whole[at]}`];
  });
}

const packages: { spec: string; under?: string; unsure?: number }[] = [
  { spec: "@anthropic-ai/claude-code@2.1.91" },
  { spec: "@anthropic-ai/claude-code@2.0.75" },
  { spec: "@github/copilot@1.0.24" },
  { spec: "@cursor/sdk@1.0.32" },
  { spec: "@google/gemini-cli@0.61.0" },
  { spec: "typescript@5.9.3", under: "lib/typescript.js" },
  { spec: "webpack@5.112.2" },
  { spec: "rollup@4.68.7" },
  { spec: "prettier@3.10.1" },
  { spec: "react-dom@19.3.1" },
  { spec: "monaco-editor@0.57.0", under: "min/" },
  { spec: "pino@10.4.0", under: "lib" }, // no semicolons
  { spec: "standard-engine@15.1.0" },
  { spec: "rxjs@7.8.2" },
  // The committee's own collection: 17 of its programs are about HTML-like comments, two have a slash after yield.
  { spec: "test262-parser-tests@0.0.5", under: "pass", unsure: 19 },
];

test.each(packages)(
  "$spec: slices and groups have the nodes of the whole",
  async ({ spec, under = "", unsure = 0 }) => {
    const texts = await scripts(spec, under);
    expect(texts.size).toBeGreaterThan(0);
    const found = [...texts].flatMap(([path, text]) => differences(path, text));
    expect(found.filter((line) => !line.includes(": unsure at "))).toEqual([]);
    expect(found, "unsure").toHaveLength(unsure);
  },
);
