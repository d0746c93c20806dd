import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readMapText } from "../../../extractor/container/source-maps/map-text.ts";

const read = (map: unknown) => readMapText(Buffer.from(typeof map === "string" ? map : JSON.stringify(map)));
const plain = { version: 3, names: [], mappings: "" };

test("contents come out as they went in, whatever they hold", () => {
  fc.assert(
    fc.property(
      fc.array(fc.option(fc.string({ unit: "binary" })), { maxLength: 6 }),
      fc.constantFrom(undefined, 1, "\t"),
      (contents, indent) => {
        const sources = contents.map((_, i) => `src/${i}.ts`);
        const { sections } = read(JSON.stringify({ ...plain, sourcesContent: contents, sources }, null, indent));
        contents.forEach((content, i) => {
          // a lone surrogate is no character of UTF-8
          expect(sections[0]!.content(i)).toBe(content === null ? null : Buffer.from(content).toString());
          expect(sections[0]!.lines(i)).toBe(content === null ? 0 : content.split("\n").length - 1);
        });
      },
    ),
    { numRuns: 40 },
  );
});

test("escapes are no ends of strings, and no ends of lines", () => {
  const content = 'a\\n"],\\\\"\n"sourcesContent":["x"]\\\n';
  const { sections } = read({ ...plain, sources: ["a.ts"], sourcesContent: [content] });
  expect(sections[0]!.content(0)).toBe(content);
  expect(sections[0]!.lines(0)).toBe(2);
});

test("a line end in long form counts", () => {
  const { sections } = read(`{"version":3,"sources":["a.ts"],"sourcesContent":["a\\u000ab\\u000Ac"],"mappings":""}`);
  expect(sections[0]!.lines(0)).toBe(2);
});

test("what is left for positions holds no contents, and names sources by number", () => {
  const map = { ...plain, sourceRoot: "src", sources: ["a.ts", "b.ts"], sourcesContent: ["secret", null] };
  const { positions, sections } = read(map);
  expect(JSON.stringify(positions)).toBe(JSON.stringify({ ...plain, sources: ["0/0", "0/1"] }));
  expect(sections[0]!.files).toEqual(["src/a.ts", "src/b.ts"]);
  expect(sections[0]!.content(1)).toBeNull();
});

test("each section has contents of its own", () => {
  const section = (name: string) => ({
    offset: { line: 0, column: 0 },
    map: { ...plain, sources: [name], sourcesContent: [`// ${name}`] },
  });
  const { sections } = read({ version: 3, sections: [section("a.ts"), section("b.ts")] });
  expect(sections.map((s) => s.content(0))).toEqual(["// a.ts", "// b.ts"]);
});

test("a byte order mark in front", () => {
  expect(read(`\ufeff${JSON.stringify({ ...plain, sources: ["a.ts"] })}`).sections[0]!.files).toEqual(["a.ts"]);
});

describe("contents that are none", () => {
  test.each([
    ["a text", '"x"'],
    ["a number that could be mistaken for the place of one", "0"],
    ["numbers", "[[0,1e300]]"],
    ["lists", '[["x"]]'],
    ["nothing", "null"],
  ])("%s: unknown", (_, contents) => {
    const { sections } = read(`{"version":3,"sources":["a.ts"],"sourcesContent":${contents},"mappings":""}`);
    expect(sections[0]!.content(0)).toBeNull();
    expect(sections[0]!.lines(0)).toBe(0);
  });

  test("text with an escape that isn't one: that source is unknown, the others are not", () => {
    const { sections } = read(`{"version":3,"sources":["a","b"],"sourcesContent":["\\x","b"],"mappings":""}`);
    expect([sections[0]!.content(0), sections[0]!.content(1)]).toEqual([null, "b"]);
  });

  test.each([['"'], ['"x'], ['"x",'], ['"x\\']])("cut off behind %s: no map", (contents) => {
    expect(() => read(`{"version":3,"sources":["a"],"sourcesContent":[${contents}`)).toThrow();
  });
});
