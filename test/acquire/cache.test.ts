import { readdir, readFile, truncate, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ResultCache } from "../../extractor/acquire/cache.ts";
import { Scratch } from "./scratch.ts";

let scratch: Scratch;
beforeEach(async () => {
  scratch = await Scratch.make();
});
afterEach(() => scratch.remove());

async function filesOf(part: string): Promise<string[]> {
  const entries = await readdir(scratch.path("cache"), { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .filter((path) => path.includes(part));
}

test("gives back what was put, by key, the last one of several", async () => {
  const cache = new ResultCache(scratch.path("cache"));
  expect(await cache.get("unit abc")).toBeNull();
  expect(await cache.put("unit abc", "first")).toBe(true);
  expect(await cache.put("unit abc", Buffer.from("second"))).toBe(true);
  expect(await cache.put("unit def", "other")).toBe(true);
  expect(String(await new ResultCache(scratch.path("cache")).get("unit abc"))).toBe("second");
});

test.each([
  ["changed", (path: string) => readFile(path).then((bytes) => writeFile(path, bytes.fill(120)))],
  ["cut", (path: string) => truncate(path, 3)],
])("content that was %s counts as absent and can be put again", async (_, damage) => {
  const cache = new ResultCache(scratch.path("cache"));
  await cache.put("k", "content");
  for (const path of await filesOf("content-v2")) await damage(path);
  expect(await cache.get("k")).toBeNull();
  expect(await cache.put("k", "content")).toBe(true);
  expect(String(await cache.get("k"))).toBe("content");
});

test("a damaged index counts as absent", async () => {
  const cache = new ResultCache(scratch.path("cache"));
  await cache.put("k", "content");
  for (const path of await filesOf("index-v5")) await writeFile(path, "{{{{\nrubbish");
  expect(await cache.get("k")).toBeNull();
  expect(await cache.put("k", "again")).toBe(true);
  expect(String(await cache.get("k"))).toBe("again");
});

test("writers at the same time leave a whole entry", async () => {
  const cache = new ResultCache(scratch.path("cache"));
  const texts = Array.from({ length: 20 }, (_, i) => String(i).repeat(10_000));
  await Promise.all(texts.map((text) => cache.put("k", text)));
  expect(texts).toContain(String(await cache.get("k")));
});

test("a folder that can't be written is no failure", async () => {
  await writeFile(scratch.path("file"), "");
  const cache = new ResultCache(scratch.path("file"));
  expect(await cache.put("k", "content")).toBe(false);
  expect(await cache.get("k")).toBeNull();
});
