import { expect, test } from "vitest";
import { diff } from "../../extractor/compare/diff/diff.ts";
import { renderDiffText } from "../../extractor/render/diff/text.ts";
import type { BundlerName } from "./build.ts";
import { corpusCases } from "./case.ts";
import { reportOf } from "./extraction.ts";

const PAGE = { color: false, columns: 160, all: true };

/**
 * One test per case: two bundlers with two minifiers made the same program, so nothing has changed.
 * `known` are the cases that differ today, because one build is read less well than the other; each must go on
 * differing or leave the list.
 */
export function testRebundling(one: BundlerName, other: BundlerName, known: readonly string[]): void {
  test.each(corpusCases().map((corpusCase) => [corpusCase.name, corpusCase] as const))(
    "%s",
    async (name, corpusCase) => {
      const [before, after] = [await reportOf(corpusCase, one), await reportOf(corpusCase, other)];
      const said = renderDiffText([diff(before, after)], PAGE);
      if (known.includes(name))
        expect(said, `${name} is the same now: take it off the list`).not.toContain("\nnothing changed\n");
      else expect(said).toContain("\nnothing changed\n");
    },
  );
}
