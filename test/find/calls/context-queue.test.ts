import { expect, test } from "vitest";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../find-in.ts";

const times = (n: number, line: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => line(i)).join("\n");
const urlsIn = (text: string): string[] => findIn(text).requests.flatMap(({ urls }) => urls.map(printTemplate));

test("callers that tell nothing by themselves are asked on when their own callers tell something", () => {
  const urls = urlsIn(`
    function send(host, path, query) { return fetch(host + "/v1" + path + (query ? "?q=" + query : "")); }
    ${times(100, (i) => `function get${i}(host, path, query) { return send(host, "/of" + path, query + query); }`)}
    ${times(100, (i) => `get${i}("https://h${i}.dev", "/p${i}", "x");`)}`);
  expect(new Set(urls.map((url) => new URL(url).host)).size).toBe(100);
});

test("hundreds of callers that change settings don't keep from the one that says where to send", () => {
  const urls = urlsIn(`
    let settings = {};
    function change(f) { settings = f(settings); return settings; }
    ${times(300, (i) => `change((s) => ({ ...s, a${i}: "on" }));`)}
    function send(host) { return fetch(host + "/x", { headers: { "x-lang": settings.lang } }); }
    send("https://given.dev");`);
  expect(urls).toEqual(["https://given.dev/x"]);
});
