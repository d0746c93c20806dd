import { describe, expect, test } from "vitest";
import { decodeText } from "../../extractor/container/decode-text.ts";
import { rawTar } from "./archives/raw-tar.ts";
import { readAll, tarball } from "./read-all.ts";

const bytes = (...parts: (string | number[])[]) => Buffer.concat(parts.map((part) => Buffer.from(part as string)));

describe("decodeText", () => {
  const cases: [string, Buffer, string, number | null][] = [
    ["ASCII", bytes("let a"), "let a", null],
    ["UTF-8", bytes("'ü€𝄞'"), "'ü€𝄞'", null],
    ["UTF-8 with mark", bytes([0xef, 0xbb, 0xbf], "a"), "a", null],
    ["UTF-16LE", Buffer.from("\ufeffa€𝄞", "utf16le"), "a€𝄞", null],
    ["UTF-16BE", Buffer.from("\ufeffa€𝄞", "utf16le").swap16(), "a€𝄞", null],
    ["a stray continuation", bytes("ab", [0x80], "c"), "ab\ufffdc", 2],
    ["Latin-1", bytes("'", [0xfc], "'"), "'\ufffd'", 1],
    ["cut at the end", bytes("a€", [0xe2, 0x82]), "a€\ufffd", 4],
    ["after a genuine U+FFFD", bytes("ü\ufffd\ufffdx", [0xff], "y"), "ü\ufffd\ufffdx\ufffdy", 9],
    ["after the mark", bytes([0xef, 0xbb, 0xbf], "a", [0xff]), "a\ufffd", 4],
    ["an encoded surrogate", bytes("a", [0xed, 0xa0, 0x80]), "a\ufffd\ufffd\ufffd", 1],
    ["nothing", bytes(), "", null],
  ];
  test.each(cases)("%s", (_, input, text, invalidAt) => {
    expect(decodeText(input)).toEqual({ text, invalidAt });
  });
});

test("invalid UTF-8 in a package is a diagnostic with path and offset, and the file is read", async () => {
  const body = bytes("a('", [0xc3, 0x28], "')");
  const { shown, diagnostics } = await readAll(tarball(rawTar([{ name: "package/x.js", body }])));
  expect(shown).toEqual({ "x.js": "a('\ufffd(')" });
  expect(diagnostics).toEqual([{ kind: "invalid-utf8", count: 1, detail: "x.js: first bad byte at offset 3" }]);
});
