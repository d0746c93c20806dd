import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type BundlerName, build, notForNode } from "./build.ts";
import { type CorpusCase, corpusCases } from "./case.ts";
import { compare } from "./compare.ts";
import { reportOf } from "./extraction.ts";
import { problemsOfTruth } from "./verify.ts";

const pendingFile = join(import.meta.dirname, "pending.json");
/** `case/bundler` known to fail today; each must go on failing or leave the list. */
const readPending = (): string[] => (existsSync(pendingFile) ? JSON.parse(readFileSync(pendingFile, "utf8")) : []);

/** Everything in which the extraction of one build and the truth differ. */
async function problems(corpusCase: CorpusCase, bundler: BundlerName): Promise<string[]> {
  try {
    return compare(await reportOf(corpusCase, bundler), corpusCase.truth);
  } catch (error) {
    return [`extract threw: ${error}`];
  }
}

/**
 * One test per case and bundler: the report states the truth, whatever the bundler.
 * `IGNORE_PENDING=1` lets pending ones fail and say why; `UPDATE_PENDING=1` rewrites this part of pending.json.
 */
export function testExtraction(bundlers: readonly BundlerName[]): void {
  const update = process.env.UPDATE_PENDING === "1";
  const pending = new Set(process.env.IGNORE_PENDING === "1" ? [] : readPending());
  const failed = new Set<string>();
  const tried = new Set<string>();

  for (const bundler of bundlers) {
    describe(bundler, () => {
      for (const corpusCase of corpusCases()) {
        const id = `${corpusCase.name}/${bundler}`;
        test(corpusCase.name, async () => {
          const found = await problems(corpusCase, bundler);
          tried.add(id);
          if (found.length > 0) failed.add(id);
          if (update) return;
          if (pending.has(id)) expect(found, `${id} is right now: take it off pending.json`).not.toEqual([]);
          else expect(found).toEqual([]);
        });
      }
    });
  }

  afterAll(() => {
    if (!update) return;
    const kept = readPending().filter((id) => !tried.has(id));
    writeFileSync(pendingFile, `${JSON.stringify([...kept, ...failed].sort(), null, 2)}\n`);
  });
}

/** One test per case and bundler: the built program, run, does what truth.json says. */
export function testTruth(bundlers: readonly BundlerName[]): void {
  for (const bundler of bundlers.filter((name) => !notForNode.has(name))) {
    describe(bundler, () => {
      // minifiers block the thread, and the runs' time limits would go on counting
      beforeAll(async () => {
        for (const corpusCase of corpusCases()) await build(corpusCase, bundler);
      });
      for (const corpusCase of corpusCases()) {
        if (corpusCase.truth.unrunnable?.[bundler]) continue;
        test.concurrent(corpusCase.name, async () => {
          expect(await problemsOfTruth(corpusCase.truth, await build(corpusCase, bundler))).toEqual([]);
        });
      }
    });
  }
}
