import { expect, test } from "vitest";
import { importResolver } from "../../extractor/ir/import-resolver.ts";
import { packageEntries } from "../../extractor/ir/package-entry.ts";

const files = [
  "src/cli.js",
  "src/deep/part.js",
  "node_modules/plain/lib/main.js",
  "node_modules/plain/other.js",
  "node_modules/plain/esm/index.js",
  "node_modules/listed/dist/index.cjs",
  "node_modules/listed/dist/features/a.js",
  "node_modules/bare/index.js",
];
const manifests = {
  "": {
    name: "own",
    exports: { "./part": "./src/deep/part.js" },
    imports: { "#part": "./src/deep/part.js", "#out": "bare" },
  },
  "node_modules/plain": { name: "plain", main: "./lib/main" },
  "node_modules/plain/esm": { main: "index.js" },
  "node_modules/listed": {
    name: "listed",
    exports: { ".": { types: "./x.d.ts", require: "./dist/index.cjs" }, "./f/*": "./dist/features/*.js" },
  },
  "node_modules/bare": {},
};
const resolve = importResolver(
  new Map(files.map((path) => [path, path])),
  new Map(Object.entries(manifests).map(([folder, about]) => [folder, packageEntries(JSON.stringify(about))])),
);

test.each([
  ["plain", "node_modules/plain/lib/main.js"],
  ["plain/other", "node_modules/plain/other.js"],
  ["plain/esm", "node_modules/plain/esm/index.js"],
  ["listed", "node_modules/listed/dist/index.cjs"],
  ["listed/f/a", "node_modules/listed/dist/features/a.js"],
  ["bare", "node_modules/bare/index.js"],
  ["own/part", "src/deep/part.js"],
  ["#part", "src/deep/part.js"],
  ["#out", "node_modules/bare/index.js"],
  ["nowhere", null],
  ["#nowhere", null],
])("%s", (specifier, path) => {
  expect(resolve("src/cli.js", specifier)).toBe(path);
});

test("a key that would be a costly regular expression is no key", () => {
  const exports = { [`./${"(a+)+".repeat(3)}*b`]: "./x.js" };
  expect(packageEntries(JSON.stringify({ name: "x", exports })).exports).toEqual({});
});
