import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { printForm, urlForm } from "../../extractor/classify/urls/url-form.ts";
import { parsedUrl } from "../../extractor/model/parsed-url.ts";
import { canonicalUrl } from "../../extractor/url/canonical.ts";
import { holeMark } from "../../extractor/url/hole-marks.ts";

const RUNS = 20_000;

/** Every spelling that the URL standard reads as an address of the web, and many that it refuses. */
const spelling = fc
  .record({
    around: fc.constantFrom("", " ", "\n", "\u0000", "\u001f ", "\t"),
    scheme: fc.constantFrom("http", "https", "HTTPS", "Http", "ws", "wss", "WSS", "ftp"),
    slashes: fc.constantFrom("//", "/", "", "///", "\\\\", "\\", "/\\", "\\/\\", "//\t/"),
    user: fc.constantFrom("", "", "", "u@", "u:p@", "a\\@", "u:p@x@", ":@", "a%40b@", "a/b@", "a?b@", "a#b@"),
    host: fc.oneof(
      fc.domain(),
      fc.ipV4(),
      fc.ipV6().map((address) => `[${address}]`),
      fc.constantFrom(
        "Tool.Example",
        "tool.example.",
        "tool。example",
        "tool．example",
        "tool｡example",
        "télémétrie.example",
        "пример.рф",
        "%74ool.example",
        "0x7f.1",
        "127.1",
        "2130706433",
        "0300.0250.1",
        "256.256.256.256",
        "1.2.3.4.5",
        "a b.example",
        "a_b.example",
        "-a.example",
        "a..example",
        ".example",
        "xn--a.example",
        "xn--",
        "[::1",
        "[v1.x]",
        "*.example",
        "$HOST",
        "to\tol.exam\nple",
        "tool.example\u00ad",
        "ＴＯＯＬ.example",
        "tool%2eexample",
        "tool%00.example",
        "",
      ),
      fc.string({ maxLength: 12 }),
    ),
    port: fc.constantFrom(
      "",
      "",
      ":80",
      ":443",
      ":21",
      ":8080",
      ":",
      ":0080",
      ":00443",
      ":65535",
      ":65536",
      ":x",
      ":-1",
    ),
    rest: fc.constantFrom(
      "",
      "/",
      "/a/../b",
      "\\a\\..\\b",
      "/a\\b",
      "?q=http://x/",
      "#f",
      "/%2e%2E/c",
      "/./",
      "/a/.",
      ":/x",
    ),
    after: fc.constantFrom("", " ", "\r\n", "\u0001"),
  })
  .map(({ around, scheme, slashes, user, host, port, rest, after }) =>
    [around, scheme, ":", slashes, user, host, port, rest, after].join(""),
  )
  // braces are how holes are written
  .filter((text) => !/[{}\ue000-\uf8ff]/.test(text));

test("the host is the one that Node connects to, or the URL is refused as Node refuses it", {
  timeout: 120_000,
}, () => {
  fc.assert(
    fc.property(spelling, (text) => {
      const expected = parsedUrl(text);
      if (expected === null) {
        expect(canonicalUrl(text)).toBeNull();
        return;
      }
      const form = urlForm([text])!;
      expect(form.authority).toBe(expected.host);
      expect(`${form.scheme}:`).toBe(expected.protocol);
    }),
    { numRuns: RUNS },
  );
});

test("what is read once reads the same again", () => {
  fc.assert(
    fc.property(spelling, (text) => {
      const once = canonicalUrl(text);
      if (once !== null) expect(canonicalUrl(once)).toBe(once);
    }),
    { numRuns: 2_000 },
  );
});

describe("the path is the one that is asked for", () => {
  test.each([
    "https://tool.example/a/../b",
    "https://tool.example/a/./b/..",
    "https://tool.example/../../x",
    "https://tool.example\\a\\b",
    "https:tool.example/a/%2e%2e/b",
    "https:/tool.example/a//b",
    "https://tool.example/..a/b..",
  ])("%s", (text) => {
    const { href } = new URL(text);
    expect(printForm(urlForm([text])!, () => "", false)).toBe(
      href.replace(/(?<=\/[^/]+)\/$/, href.endsWith("example/") ? "/" : ""),
    );
  });
});

test.each([
  ["https:\\\\{}.Example\\x", `https://${holeMark(0)}.example/x`],
  ["HTTPS://{}:443/x", `https://${holeMark(0)}/x`],
  ["https://{}．example:8443/x", `https://${holeMark(0)}.example:8443/x`],
  ["{}/a/../b", `${holeMark(0)}/a/../b`],
  [" localhost:3000/a ", "localhost:3000/a"],
])("with a hole: %s", (written, canonical) => {
  expect(canonicalUrl(written.replace("{}", holeMark(0)))).toBe(canonical);
});
