import { expect, test } from "vitest";
import { readMapText } from "../../../extractor/container/source-maps/map-text.ts";
import { PackageInventory } from "../../../extractor/container/source-maps/package-inventory.ts";

function inventory(sources: Record<string, string | null>) {
  const map = { version: 3, sources: Object.keys(sources), sourcesContent: Object.values(sources), mappings: "" };
  const packages = new PackageInventory();
  for (const section of readMapText(Buffer.from(JSON.stringify(map))).sections) packages.add(section);
  return packages.list().map(({ name, version, files }) => `${name} ${version} ${files}`);
}

test("packages by name and version, with their files; the program's own files are none", () => {
  expect(
    inventory({
      "../src/main.ts": "main()",
      "../node_modules/right/index.js": "r()",
      "../node_modules/left/a.js": "a()",
      "../node_modules/left/b.js": null,
    }),
  ).toEqual(["left null 2", "right null 1"]);
});

test.each([
  ["its manifest", { "node_modules/left/package.json": '{"name":"left","version":"1.2.3"}' }],
  ["a file made for it", { "node_modules/left/dist/version.js": 'exports.VERSION = "1.2.3"; // "1.2.3"' }],
  ["its banner", { "node_modules/left/index.js": "/*! left v1.2.3 2025-01-01 */\nleft()" }],
  ["the store", { "node_modules/.pnpm/left@1.2.3/node_modules/left/index.js": null }],
])("the version from %s", (_, sources) => {
  expect(inventory(sources)).toEqual(["left 1.2.3 1"]);
});

test.each([
  ["a manifest that is none", { "node_modules/left/package.json": "{" }],
  ["a manifest further down", { "node_modules/left/test/package.json": '{"version":"1.2.3"}' }],
  ["a file with two", { "node_modules/left/version.js": '["1.2.3", "2.0.0"]' }],
  ["another package's banner", { "node_modules/left/index.js": "/*! better-left v1.2.3 */" }],
  ["a banner of four numbers", { "node_modules/left/index.js": "/*! left v1.2.3.4 */" }],
])("no version from %s", (_, sources) => {
  expect(inventory(sources)).toEqual(["left null 1"]);
});

test("copies that differ in version are told apart, others are not", () => {
  expect(
    inventory({
      "node_modules/left/version.js": '"1.2.3"',
      "node_modules/right/node_modules/left/version.js": '"2.0.0"',
      "node_modules/other/node_modules/left/version.js": '"1.2.3"',
      "node_modules/right/index.js": "r()",
    }),
  ).toEqual(["left 1.2.3 2", "left 2.0.0 1", "right null 1"]);
});
