import { expect, test } from "vitest";
import { packageOf } from "../../extractor/model/bundled-package.ts";

test.each([
  ["node_modules/left/index.js", "left", null],
  ["node_modules/@scope/left/lib/a.js", "@scope/left", null],
  ["src/vendor/node_modules/left/index.js", "left", null],
  ["node_modules/right/node_modules/left/index.js", "left", null],
  ["node_modules/.pnpm/left@1.2.3/node_modules/left/a.js", "left", "1.2.3"],
  [
    "node_modules/.pnpm/@scope+left@1.2.3-beta.1_peer@2.0.0/node_modules/@scope/left/a.js",
    "@scope/left",
    "1.2.3-beta.1",
  ],
  ["node_modules/.pnpm/left@1.2.3(react@18.0.0)/node_modules/left/a.js", "left", "1.2.3"],
  ["node_modules/.bun/@scope+left@3.0.20+d6123d32/node_modules/@scope/left/a.js", "@scope/left", "3.0.20"],
  ["node_modules/.pnpm/right@9.9.9/node_modules/left/a.js", "left", null],
  [".yarn/cache/left-npm-1.2.3-0123456789.zip/node_modules/left/a.js", "left", "1.2.3"],
  [".yarn/cache/@scope-left-npm-1.2.3-0123456789.zip/node_modules/@scope/left/a.js", "@scope/left", "1.2.3"],
])("%s is %s %s", (path, name, version) => {
  expect(packageOf(path)).toMatchObject({ name, version });
});

test.each(["src/a.ts", "my_node_modules/left/a.js", "node_modules/a.js", ""])("%s is the program's own", (path) => {
  expect(packageOf(path)).toBeNull();
});
