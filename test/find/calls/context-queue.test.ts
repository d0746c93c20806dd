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

/** `n` classes of `m` methods each over one inherited request method, behind a facade that makes the objects. */
const facade = (n: number, m: number): string => `
  class Base {
    constructor(log, base) { this.base = base; }
    call(path) { return fetch(\`\${this.base}\${path.startsWith("/") ? path : "/" + path}\`, { method: "POST" }); }
  }
  ${times(n, (i) => `class C${i} extends Base { ${times(m, (j) => `m${j}() { return this.call("/c${i}/m${j}"); }`)} }`)}
  class Facade {
    constructor(log, base) { ${times(n, (i) => `this.c${i} = new C${i}(log, base);`)} }
    ${times(n, (i) => times(m, (j) => `f${i}x${j}() { return this.c${i}.m${j}(); }`))}
  }
  const facade = new Facade(console, "https://api.example.dev");
  ${times(n, (i) => times(m, (j) => `facade.f${i}x${j}();`))}`;

test.each([
  [6, 6],
  [14, 8],
  [40, 40],
])("%i classes of %i methods over one request method are all found", (n, m) => {
  const urls = new Set(urlsIn(facade(n, m)));
  expect([...urls].filter((url) => url.startsWith("https://api.example.dev/c")).length).toBe(n * m);
});

test("a request method with a caller that leads nowhere is asked for under each of the others", () => {
  const urls = urlsIn(`
    function send(host, path) { return fetch(host + path); }
    ${times(600, (i) => `function get${i}(host) { return send(host, "/p${i}"); }`)}
    ${times(600, (i) => `get${i}("https://h${i}.dev");`)}`);
  expect(urls.length).toBe(600);
});

test("objects of other classes say nothing of what a method of this one sends to", () => {
  const urls = urlsIn(`
    class Base { constructor(host) { this.host = host; } call(path) { return fetch(this.host + path); } }
    class A extends Base { list() { return this.call("/a"); } }
    class B extends Base { list() { return this.call("/b"); } }
    new A("https://a.dev").list();
    new B("https://b.dev").list();`);
  expect(urls.sort()).toEqual(["https://a.dev/a", "https://b.dev/b"]);
});
