import { closeSync, mkdtempSync, openSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, expect, test } from "vitest";
import { HarFile } from "../../../extractor/live/recording/har-file.ts";

const folder = mkdtempSync(join(tmpdir(), "har-file-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test("the file is whole after every step", () => {
  const path = join(folder, "a.har");
  writeFileSync(path, "what stood there before, and was longer than what comes now. ".repeat(10));
  const descriptor = openSync(path, "r+");
  const log = () => JSON.parse(readFileSync(path, "utf8")).log;
  HarFile.begin(descriptor);
  expect(log().entries).toEqual([]);
  const har = new HarFile(descriptor);
  har.append({ n: 1, text: "ä\u2028" });
  expect(log().entries).toEqual([{ n: 1, text: "ä\u2028" }]);
  har.append({ n: 2 });
  expect(log().entries).toHaveLength(2);
  har.finish({ _run: { done: true } });
  expect(log()).toMatchObject({ version: "1.2", entries: [{ n: 1 }, { n: 2 }], _run: { done: true } });
  closeSync(descriptor);
});
