import { expect, test } from "vitest";
import { diff } from "../../extractor/compare/diff.ts";
import { extract } from "../../extractor/pipeline.ts";
import { renderDiffText } from "../../extractor/render/diff/text.ts";
import { type BundlerName, build } from "./build.ts";
import { corpusCases } from "./case.ts";

const OPTIONS = { sourceMaps: false, reveal: false, cache: { cache: false, offline: true }, limits: {} };
const PAGE = { color: false, columns: 160, all: true };

/**
 * One test per case: two bundlers with two minifiers made the same program, so nothing has changed.
 * `known` are the cases that differ today, because one build is read less well than the other; each must go on differing or leave the list.
 */
export function testRebundling(one: BundlerName, other: BundlerName, known: readonly string[]): void {
  test.each(corpusCases().map((corpusCase) => [corpusCase.name, corpusCase] as const))(
    "%s",
    async (name, corpusCase) => {
      const builds = [await build(corpusCase, one), await build(corpusCase, other)];
      const [before, after] = [
        await extract(builds[0]!.directory, OPTIONS),
        await extract(builds[1]!.directory, OPTIONS),
      ];
      const said = renderDiffText([diff(before, after)], PAGE);
      if (known.includes(name))
        expect(said, `${name} is the same now: take it off the list`).not.toContain("\nnothing changed\n");
      else expect(said).toContain("\nnothing changed\n");
    },
  );
}
