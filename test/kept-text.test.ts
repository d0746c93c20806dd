import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Report } from "../extractor/model/report.ts";
import { extract } from "../extractor/pipeline.ts";
import { sweepHeap } from "../extractor/runtime/heap.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-text-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** Characters of a comment beside the one call. */
const FILLER = 8_000_000;

const heapUsed = (): number => {
  sweepHeap();
  return process.memoryUsage().heapUsed;
};

test("reports that are kept, as those of a long history, keep none of the text that they were made of", async () => {
  const paths = await Promise.all(
    [1, 2, 3].map(async (n) => {
      const path = join(folder, `bundle-${n}.js`);
      await writeFile(
        path,
        `/* ${"x".repeat(FILLER)} */\nfetch(\`https://\${process.env.ACME_HOST_OF_PACKAGE_${n}}/v1/items\`);\n`,
      );
      return path;
    }),
  );
  const options = { sourceMaps: false, reveal: false, cache: { cache: false, offline: true }, limits: {} };
  const reports: Report[] = [await extract(paths[0]!, options)];
  const before = heapUsed();
  for (const path of paths.slice(1)) reports.push(await extract(path, options));
  const grown = heapUsed() - before;
  const names = reports.map(({ environment }) => environment.map(({ name }) => name));
  expect(names).toEqual([["ACME_HOST_OF_PACKAGE_1"], ["ACME_HOST_OF_PACKAGE_2"], ["ACME_HOST_OF_PACKAGE_3"]]);
  expect(grown).toBeLessThan(FILLER);
});
