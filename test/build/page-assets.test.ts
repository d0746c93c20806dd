import { readFile } from "node:fs/promises";
import { expect, test } from "vitest";
import { PAGE_ASSETS, pageAssets } from "../../extractor/build/page-assets.mjs";

test("the styles and the script of pages are built in as they stand in page/", async () => {
  expect(await readFile(PAGE_ASSETS, "utf8")).toBe(await pageAssets());
});
