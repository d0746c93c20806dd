import { expect, test } from "vitest";
import type { FileScope } from "../../extractor/ir/program.ts";
import { sourceResolver } from "../../extractor/ir/source-resolver.ts";

const FILES = [
  "src/main.ts",
  "src/services/api.ts",
  "src/ui/index.tsx",
  "packages/tool/src/cli/run.ts",
  "packages/tool/src/net/send.ts",
  "node_modules/left/lib/left.js",
  "node_modules/left/lib/esm/index.mjs",
  "node_modules/left/lib/other.js",
  "node_modules/@scope/client/dist/esm/client/auth.js",
  "node_modules/@scope/client/dist/esm/index.js",
  "node_modules/@scope/client/dist/esm/shared/index.js",
  "node_modules/single/dist/whatever.js",
  "node_modules/several/dist/a.js",
  "node_modules/several/dist/b.js",
  "node_modules/.pnpm/stored@1.2.3/node_modules/stored/index.js",
];
const files = new Map(FILES.map((path) => [path, { path } as FileScope]));
const resolve = sourceResolver(files);

test.each([
  ["a neighbour", "src/main.ts", "./services/api.js", "src/services/api.ts"],
  ["a folder", "src/main.ts", "./ui", "src/ui/index.tsx"],
  ["from the root", "src/services/api.ts", "src/main.js", "src/main.ts"],
  ["behind an alias", "packages/tool/src/cli/run.ts", "@/net/send", "packages/tool/src/net/send.ts"],
  ["a package by its outermost entry", "src/main.ts", "left", "node_modules/left/lib/left.js"],
  [
    "a package's part",
    "src/main.ts",
    "@scope/client/client/auth.js",
    "node_modules/@scope/client/dist/esm/client/auth.js",
  ],
  ["a package's folder", "src/main.ts", "@scope/client/shared", "node_modules/@scope/client/dist/esm/shared/index.js"],
  ["a package with one file", "src/main.ts", "single", "node_modules/single/dist/whatever.js"],
  ["a package in a store", "src/main.ts", "stored", "node_modules/.pnpm/stored@1.2.3/node_modules/stored/index.js"],
])("%s", (_, from, specifier, path) => {
  expect(resolve(from, specifier)?.path).toBe(path);
});

test.each([
  ["a file that the bundler left out", "src/main.ts", "./gone.js"],
  ["a module of the runtime", "src/main.ts", "node:fs"],
  ["a package that isn't there", "src/main.ts", "right"],
  ["one of several files with no entry among them", "src/main.ts", "several"],
  ["the program's own file by its bare name", "src/services/api.ts", "main"],
])("%s is none of the program's", (_, from, specifier) => {
  expect(resolve(from, specifier)).toBeNull();
});
