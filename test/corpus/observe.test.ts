import { describe, expect, test } from "vitest";
import { build } from "./build.ts";
import { corpusCases } from "./case.ts";
import { problemsOfTruth } from "./verify.ts";

// truth.json is written by hand; here the programs themselves say whether it is true
describe("the truth of the corpus, by running it", () => {
  for (const corpusCase of corpusCases()) {
    test.concurrent(corpusCase.name, async () => {
      const program = await build(corpusCase, "esbuild-min");
      expect(await problemsOfTruth(corpusCase.truth, program)).toEqual([]);
    });
  }
});
