import { parse } from "@babel/parser";
import fc from "fast-check";
import { expect, test } from "vitest";
import { LineIndex } from "../../extractor/syntax/positions.ts";

test("lines and columns count from 1", () => {
  const index = new LineIndex("a\nbc\r\n\rd\u2028e\u2029");
  expect([0, 1, 2, 4, 6, 7, 8, 9, 11].map((offset) => index.at(offset))).toEqual([
    { line: 1, column: 1 },
    { line: 1, column: 2 },
    { line: 2, column: 1 },
    { line: 2, column: 3 },
    { line: 3, column: 1 },
    { line: 4, column: 1 },
    { line: 4, column: 2 },
    { line: 5, column: 1 },
    { line: 6, column: 1 },
  ]);
  expect(new LineIndex("").at(0)).toEqual({ line: 1, column: 1 });
});

test("agrees with the parser on every token", () => {
  const pieces = fc.array(
    fc.constantFrom("a", "\n", "\r", "\r\n", "\u2028", "\u2029", " ", "𠮷", "'\u2028'", "`\r\n`", "/*\r*/"),
  );
  fc.assert(
    fc.property(pieces, (list) => {
      const text = list.join(";");
      const index = new LineIndex(text);
      for (const { start, loc } of parse(text, { tokens: true }).tokens ?? []) {
        expect(index.at(start)).toEqual({ line: loc.start.line, column: loc.start.column + 1 });
      }
    }),
  );
});
