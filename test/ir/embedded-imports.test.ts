import { expect, test } from "vitest";
import { importResolver } from "../../extractor/ir/import-resolver.ts";
import type { FileScope } from "../../extractor/ir/program.ts";

const files = new Map(
  ["a/tool/$bunfs/root/main.js", "a/tool/$bunfs/root/part.js", "b/tool/$bunfs/root/part.js", "$bunfs/root/part.js"].map(
    (path) => [path, { path } as unknown as FileScope],
  ),
);
const resolve = importResolver(files);

test.each(["/$bunfs/root/part.js", "B:/~BUN/root/part.js", "B:\\~BUN\\root/part.js", "/$bunfs/root/part"])(
  "%s is a file of the same executable",
  (specifier) => {
    expect(resolve("a/tool/$bunfs/root/main.js", specifier)).toBe(files.get("a/tool/$bunfs/root/part.js"));
    expect(resolve("b/tool/$bunfs/root/x.js", specifier)).toBe(files.get("b/tool/$bunfs/root/part.js"));
  },
);

test("what the executable doesn't hold is unresolved", () => {
  expect(resolve("a/tool/$bunfs/root/main.js", "/$bunfs/root/missing.js")).toBeNull();
});
