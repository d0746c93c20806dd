import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { visible, visibleHost, visibleJson } from "../../extractor/render/terminal.ts";

const hostile: [what: string, text: string, shown: string][] = [
  ["escape sequence", "\x1b[31mred", "\\u{1b}[31mred"],
  ["8-bit control sequence introducer", "\x9b31m", "\\u{9b}31m"],
  ["OSC 8 link", "\x1b]8;;http://evil.example\x07x", "\\u{1b}]8;;http://evil.example\\u{7}x"],
  ["line breaks", "a\r\nb\u2028c\u2029d\u0085e", "a\\u{d}\\u{a}b\\u{2028}c\\u{2029}d\\u{85}e"],
  ["backspace and delete", "a\b\x7f", "a\\u{8}\\u{7f}"],
  ["bidi override", "user\u202etxt.exe\u2066", "user\\u{202e}txt.exe\\u{2066}"],
  ["zero-width", "a\u200bb\u200dc\ufeffd", "a\\u{200b}b\\u{200d}c\\u{feff}d"],
  ["variation selector and filler", "a\ufe0fb\u3164", "a\\u{fe0f}b\\u{3164}"],
  ["tag characters", "a\u{e0041}", "a\\u{e0041}"],
  ["lone surrogate", "a\ud800b", "a\\u{d800}b"],
  ["private use", "\ue000", "\\u{e000}"],
  ["spaces that are no space", "a\u00a0b\u3000c", "a\\u{a0}b\\u{3000}c"],
  ["stacked marks", `e${"\u0301".repeat(5)}`, "e\u0301\u0301\u0301\\u{301}\\u{301}"],
];

describe("visible", () => {
  test.each(hostile)("%s", (_what, text, shown) => expect(visible(text)).toBe(shown));

  test("leaves ordinary writing alone", () => {
    for (const text of ["https://a.example/{id}?q=1&r=%20", "naïve größer Ελλάδα 日本語 हिन्दी", "a b", ""]) {
      expect(visible(text)).toBe(text);
    }
  });

  test("whatever comes in, one harmless line goes out, and twice changes nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = visible(text);
        expect(shown).not.toMatch(/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
        expect(visible(shown)).toBe(shown);
      }),
    );
  });
});

test("visibleHost shows letters that only look Latin", () => {
  expect(visibleHost("api.\u0430cme.example:8080")).toBe("api.\\u{430}cme.example:8080");
  expect(visibleHost("{base}")).toBe("{base}");
});

describe("visibleJson", () => {
  test.each(hostile)("%s is escaped and comes back", (_what, text) => {
    const json = visibleJson(JSON.stringify({ text }, null, 2));
    expect(json).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f-\x9f\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/u);
    expect(JSON.parse(json)).toEqual({ text });
  });

  test("loses nothing", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        expect(JSON.parse(visibleJson(JSON.stringify([text])))).toEqual([text]);
      }),
    );
  });
});
