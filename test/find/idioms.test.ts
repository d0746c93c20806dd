import { expect, test } from "vitest";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn } from "./find-in.ts";

const NAMED = `var define = Object.defineProperty; var name = (f, value) => define(f, "name", { value, configurable: true });`;

/** One program for each idiom, and all that it requests. */
const IDIOMS: Record<string, { code: string; requests: string[] }> = {
  "a helper that names functions gives them back": {
    code: `${NAMED} var host = name(() => "https://x.dev/v1", "host"); var put = name(async (p) => fetch(host() + p, { method: "PUT" }), "put"); put("/a");`,
    requests: ["PUT https://x.dev/v1/a"],
  },
  "named functions in fields of a class": {
    code: `${NAMED} class Api { base = "https://x.dev"; get = name((p) => fetch(this.base + p), "get"); } new Api().get("/field");`,
    requests: ["GET https://x.dev/field"],
  },
  "a function that is frozen, or given members, is still the function": {
    code: `const go = Object.assign((...a) => { const [u, o] = a; return fetch(u, { ...o }); }, { retries: 2 }); go("https://x.dev/a"); Object.freeze((u) => fetch(u))("https://x.dev/b");`,
    requests: ["GET https://x.dev/a", "GET https://x.dev/b"],
  },
  "functions behind what leaves their block": {
    code: `function run() { if (go("/a")) return; process.exit(put("/b")); function go(p) { return fetch("https://x.dev" + p); } function put(p) { return fetch(host() + p); } } function host() { return early("https://x.dev"); function early(u) { return u; } } run();`,
    requests: ["GET https://x.dev/a", "GET https://x.dev/b"],
  },
  "exports as names followed by a mark and a value, or by a getter": {
    code: `(() => { var table = { 7(m, e, r) { r.d(e, ["host", 0, "https://x.dev", "path", () => path]); const path = "/flat"; } };
      const cache = {}; function require(id) { const known = cache[id]; if (known !== undefined) return known.exports; const made = (cache[id] = { exports: {} }); return table[id](made, made.exports, require), made.exports; }
      require.d = (e, list) => { for (var i = 0; i < list.length; ) { var k = list[i++], v = list[i++]; v === 0 ? (e[k] = list[i++]) : Object.defineProperty(e, k, { get: v }); } };
      var seven = require(7); fetch(seven.host + seven.path); })();`,
    requests: ["GET https://x.dev/flat"],
  },
  "a method of a returned object calls a function beside it": {
    code: `function make(base) { const raw = (p) => fetch(base + p); const json = (p) => raw(p).then((r) => r.json()); return { load: (p) => json(p) }; } make("https://x.dev").load("/deep");`,
    requests: ["GET https://x.dev/deep"],
  },
  "a member of any name keeps what a constructor was given": {
    code: `class C { constructor(io) { this.io = io; } go(p) { return this.io("https://x.dev" + p, { method: "POST" }); } } new C(fetch).go("/given");`,
    requests: ["POST https://x.dev/given"],
  },
  "or what it takes where nothing is given": {
    code: `class C { constructor({ io } = {}) { this.io = io ?? globalThis.fetch; } go() { return this.io("https://x.dev/own"); } } new C().go();`,
    requests: ["GET https://x.dev/own"],
  },
  "or a function around it": {
    code: `class C { constructor(io) { this.io = io; } go(p) { return this.io("https://x.dev" + p); } } new C((...a) => globalThis.fetch(...a)).go("/around");`,
    requests: ["GET https://x.dev/around"],
  },
  "a member that keeps something else is no request": {
    code: `class C { constructor(io) { this.io = io; } go() { return this.io("https://x.dev/log"); } } new C(console.log).go(); class D { constructor(io) { this.io = io; } } new D(fetch);`,
    requests: [],
  },
  "timers and the next tick call what they are given": {
    code: `setTimeout(fetch, 10, "https://x.dev/later"); setImmediate((u) => fetch(u), "https://x.dev/soon"); process.nextTick(fetch, "https://x.dev/tick");`,
    requests: ["GET https://x.dev/later", "GET https://x.dev/soon", "GET https://x.dev/tick"],
  },
  "call, apply and Reflect.apply": {
    code: `fetch.call(globalThis, "https://x.dev/a"); fetch.apply(null, ["https://x.dev/b", { method: "POST" }]); Reflect.apply(fetch, undefined, ["https://x.dev/c", { method: "DELETE" }]);`,
    requests: ["GET https://x.dev/a", "POST https://x.dev/b", "DELETE https://x.dev/c"],
  },
  "a part of an address is made of what it was": {
    code: `const onto = (base, p) => { const u = new URL(base), own = u.pathname.endsWith("/") ? u.pathname.slice(0, -1) : u.pathname; u.pathname = own.endsWith(p) ? own : own + p; return u.toString(); };
      fetch(onto("https://x.dev", "/v1/a")); fetch(onto("https://y.dev/v1/a", "/v1/a"));`,
    requests: ["GET https://x.dev/v1/a", "GET https://y.dev/v1/a"],
  },
  "each arm writes to the address it made": {
    code: `function at(p) { let u; if (process.env.HOST) { u = new URL("https://a.dev/agent"); u.pathname = u.pathname + p; } else { u = new URL("https://b.dev"); u.pathname = "/other" + p; } return u.href; } fetch(at("/x"));`,
    requests: ["GET https://a.dev/agent/x", "GET https://b.dev/other/x"],
  },
  "a parameter that is set twice stands once": {
    code: `const u = new URL("https://x.dev/a?alt=sse&b=1"); u.searchParams.set("alt", "json"); u.searchParams.delete("b"); fetch(u);`,
    requests: ["GET https://x.dev/a?alt=json"],
  },
  "a file of the person's may replace a default": {
    code: `const file = JSON.parse(require("node:fs").readFileSync("x", "utf8"));
      const own = { host: "https://x.dev", ...file };
      fetch(own.host + "/a");
      fetch(Object.assign({ host: "https://y.dev" }, file).host + "/b");
      fetch({ ...file, host: "https://z.dev" }.host + "/c");`,
    requests: ["GET https://x.dev/a {host}/a", "GET https://y.dev/b {host}/b", "GET https://z.dev/c"],
  },
  "a tag puts its template together": {
    code: `const tagged = (strings, ...v) => fetch("https://x.dev" + String.raw({ raw: strings }, ...v));
      tagged\`/a/\${process.argv[2]}/b\`;`,
    requests: ["GET https://x.dev/a/{argument}/b"],
  },
  "what a function is given may be several segments of a path": {
    code: `const TOOLS = { a: { repo: "own/a" }, b: { repo: "own/b" } };
      const latest = (repo) => fetch(\`https://x.dev/repos/\${repo}/latest\`);
      const go = (name) => { const tool = TOOLS[name]; return latest(tool.repo); }; go("a"); go("b");`,
    requests: ["GET https://x.dev/repos/own/a/latest", "GET https://x.dev/repos/own/b/latest"],
  },
  "texts in hex, in codes, backwards and letter by letter": {
    code: `fetch(Buffer.from("68747470733a2f2f782e6465762f68", "hex").toString()); fetch(new TextDecoder().decode(new Uint8Array([104, 116, 116, 112, 115, 58, 47, 47, 120, 46, 100, 101, 118, 47, 98])));
      fetch("r/ved.x//:sptth".split("").reverse().join("")); fetch([..."https://x.dev/s"].join(""));`,
    requests: ["GET https://x.dev/h", "GET https://x.dev/b", "GET https://x.dev/r", "GET https://x.dev/s"],
  },
  "a path and a scheme that are written over those of an address a caller knows": {
    code: `const socket = (base, name) => { const url = new URL(base); url.protocol = "wss:";
        url.pathname = url.pathname + "/ws/" + name; return url; };
      const keyed = (base, k) => { const url = socket(base, "service"); url.searchParams.set("key", k); return url; };
      const open = (base, k) => new WebSocket(keyed(base, k).toString());
      const make = (options = {}) => ({ connect: (k) => open(options.base ?? "https://x.dev/v1", k) });
      make().connect("k");`,
    requests: ["WS wss://x.dev/v1/ws/service?key={k}"],
  },
};

for (const [idiom, { code, requests }] of Object.entries(IDIOMS)) {
  test(idiom, () => {
    const found = findIn(code).requests.map(({ method, urls }) => `${method} ${urls.map(printTemplate).join(" ")}`);
    expect([...new Set(found)].sort()).toEqual([...requests].sort());
  });
}
