import { marked } from "marked";
import { describe, expect, test } from "vitest";
import { renderMarkdown } from "../../extractor/render/markdown.ts";
import { code, prose } from "../../extractor/render/markdown-escape.ts";
import { acme, event, hostile, report } from "./report-fixture.ts";

const plain = { color: false, columns: 80, all: false };

test("the page, as its reader sees it", () => {
  const html = marked.parse(renderMarkdown(acme, plain), { async: false });
  expect(html).toContain("<h1>What @acme/cli 1.4.2 can send</h1>");
  expect(html).toContain("<td><code>https://api.acme.example/v1/models/{id}</code></td>");
  expect(html).toContain("silenced by <code>env ACME_NO_TELEMETRY</code>");
  expect(html).toContain("<td>parse-error</td>");
  expect(html.match(/<table>/g)).toHaveLength(7);
});

test("names are cut per family, whole with --all", () => {
  const many = report({ events: Array.from({ length: 50 }, (_, index) => event(`x_${index}`)) });
  expect(renderMarkdown(many, plain)).toContain("and 30 more (`--all`, or `--format json`)");
  expect(renderMarkdown(many, { ...plain, all: true })).toContain("`x_49`");
});

const ATTACKS = [
  "<script>alert(1)</script>",
  "</code><img src=x onerror=alert(1)>",
  "` <b>x</b> `",
  "``` <b>x</b> ``` `` <b>x</b>",
  "a\\|<b>x</b>|b|",
  "[click](javascript:alert(1))",
  "![x](https://evil.example/x.png)",
  "<https://evil.example>",
  "https://evil.example www.evil.example someone@evil.example @someone #1",
  "\n\n# heading\n\n<b>x</b>\n",
  "[x]: https://evil.example\n",
  "**bold** ~~gone~~ __u__ $x$",
  "&lt;b&gt; &#60;b&#62;",
];

describe("text from a package stays text", () => {
  test.each(ATTACKS)("%j", (bad) => {
    for (const all of [false, true]) {
      const html = marked.parse(renderMarkdown(hostile(bad), { ...plain, all }), { async: false });
      expect(html.replace(/<\/?(?:h1|h2|p|table|thead|tbody|tr|th|td|code|br)>/g, "")).not.toContain("<");
      for (const [row] of html.matchAll(/<tr>.*?<\/tr>/gs)) {
        expect(row.match(/<t[hd]>/g)!.length).toBeLessThanOrEqual(5);
      }
    }
  });

  test.each(ATTACKS)("code and prose show %j as it is", (bad) => {
    const line = bad.replaceAll("\n", " ").replaceAll("|", "/").trim();
    const textOf = (markdown: string): string =>
      (marked.parseInline(markdown, { async: false }) as string)
        .replace(/<\/?code>/g, "")
        .replace(/&#(\d+);/g, (_, digits: string) => String.fromCharCode(Number(digits)))
        .replaceAll("&lt;", "<")
        .replaceAll("&gt;", ">")
        .replaceAll("&quot;", '"')
        .replaceAll("&amp;", "&")
        .trim();
    expect(textOf(code(line))).toBe(line);
    expect(textOf(prose(line))).toBe(line);
  });
});
