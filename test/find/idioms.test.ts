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
  "members given to what has no name are kept": {
    code: `const api = Object.assign((p) => fetch("https://x.dev" + p), { base: "https://y.dev" });
      api("/a"); fetch(api.base + "/b");
      class Made { go(p) { return fetch("https://z.dev" + p); } }
      const made = Object.assign(new Made(), { base: "https://w.dev", put(p) { return fetch(this.base + p); } });
      made.go("/c"); made.put("/d"); fetch(made.base + "/e");`,
    requests: [
      "GET https://w.dev/d",
      "GET https://w.dev/e",
      "GET https://x.dev/a",
      "GET https://y.dev/b",
      "GET https://z.dev/c",
    ],
  },
  "names of blocks outside of all functions": {
    code: `{ const api = (p) => fetch("https://x.dev" + p); api("/a"); const o = { go: api }; o.go("/b"); }
      if (process.argv[2]) {
        const post = (u, b) => fetch(u, { method: "POST", body: b });
        const p = { send: (u) => post(u) }; p.send("https://x.dev/c");
      }
      try { class C { go(u) { return fetch(u, { method: "PUT" }); } } new C().go("https://x.dev/d"); } catch {}`,
    requests: ["GET https://x.dev/a", "GET https://x.dev/b", "POST https://x.dev/c", "PUT https://x.dev/d"],
  },
  "another name for `this`, or for what it keeps": {
    code: `function Old(base) { var self = this; self.base = base; self.go = (p) => fetch(self.base + p); }
      new Old("https://x.dev").go("/a");
      class New {
        constructor() {
          const t = this; t.host = "https://y.dev"; t.all = {}; const s = t.all; s.base = "https://z.dev"; }
        go() { return fetch(this.host + "/b"); } far() { return fetch(this.all.base + "/c"); } }
      const made = new New(); made.go(); made.far();`,
    requests: ["GET https://x.dev/a", "GET https://y.dev/b", "GET https://z.dev/c"],
  },
  "a name that may be none of a table's, and what is taken then": {
    code: `const hosts = { eu: "https://eu.dev", us: "https://us.dev" }; const [region, other] = process.argv.slice(2);
      fetch((hosts[region] ?? "https://a.dev") + "/a"); const host = hosts[region]; fetch(host ? host + "/b" : "https://b.dev/b");
      const { [region]: own = "https://c.dev" } = hosts; fetch(own + "/c");
      fetch((new Map([["eu", "https://eu.dev"]]).get(region) ?? "https://d.dev") + "/d");
      fetch((["https://eu.dev"].find((x) => x.includes(other)) ?? "https://e.dev") + "/e");
      if ({ on: true }[other]) fetch("https://x.dev/on"); else fetch("https://x.dev/off");`,
    requests: [
      "GET https://eu.dev/a https://us.dev/a https://a.dev/a",
      "GET https://eu.dev/b https://us.dev/b https://b.dev/b",
      "GET https://eu.dev/c https://us.dev/c https://c.dev/c",
      "GET https://eu.dev/d https://d.dev/d",
      "GET https://eu.dev/e https://e.dev/e",
      "GET https://x.dev/off",
      "GET https://x.dev/on",
    ],
  },
  "a path that is written over an open address: its own, and another one": {
    code: `const u = new URL(process.env.BASE_URL); u.pathname = process.env.PREFIX + "/x"; fetch(u);
      const v = new URL(process.env.OTHER_URL); v.pathname = v.pathname + "/y"; fetch(v);`,
    requests: ["GET {BASE_URL}/{PREFIX}/x", "GET {OTHER_URL}/y"],
  },
  "members that are copied one by one, each under its own name": {
    code: `class Api {
        constructor(o) { for (const [k, v] of Object.entries(o)) this[k] = v; }
        go() { return fetch(this.base + "/a"); } }
      new Api({ name: "orbit", base: "https://x.dev" }).go();
      const out = {}; const all = { name: "orbit", base: "https://y.dev" };
      Object.keys(all).forEach((k) => { out[k] = all[k]; }); fetch(out.base + "/b");
      const K = Symbol("k"); class Kept { constructor() { this[K] = "https://z.dev"; } go() { fetch(this[K] + "/c"); } }
      new Kept().go();`,
    requests: ["GET https://x.dev/a", "GET https://y.dev/b", "GET https://z.dev/c"],
  },
  "a minifier writes the helper of a class field where it is used": {
    code: `var d = Object.defineProperty; class Api { constructor() { var e, t, r;
      e = this, t = "base", r = "https://x.dev",
      ((e, t, r) => { t in e ? d(e, t, { value: r }) : e[t] = r; })(e, "symbol" != typeof t ? t + "" : t, r); }
      go() { return fetch(this.base + "/a"); } } new Api().go();`,
    requests: ["GET https://x.dev/a"],
  },
  "classes that a function makes of another": {
    code: `const withApi = (Base) => class extends Base { call(p) { return fetch(this.host() + p); } };
      class Plain { host() { return "https://x.dev"; } }
      class Made extends withApi(Plain) { go() { return this.call("/a"); } } new Made().go();
      const Also = withApi(class { host() { return "https://y.dev"; } }); new Also().call("/b");`,
    requests: ["GET https://x.dev/a", "GET https://y.dev/b"],
  },
  "what Node's own functions put together": {
    code: `import util, { format } from "node:util"; import url from "node:url";
      fetch(util.format("https://%s/%s", "x.dev", "a")); fetch(format("https://x.dev/%d%%", 7) + format("/b"));
      fetch(url.format({ protocol: "https", hostname: "y.dev", port: 8443, pathname: "c", search: "q=1" }));
      fetch(JSON.parse('{"api":{"hosts":["https://z.dev"]}}').api.hosts[0] + "/d");
      fetch(new WeakRef({ base: "https://w.dev" }).deref().base + "/e");
      class Api { constructor(base) { this.base = base; } go() { return fetch(this.base + "/f"); } }
      Reflect.construct(Api, ["https://v.dev"]).go();`,
    requests: [
      "GET https://v.dev/f",
      "GET https://w.dev/e",
      "GET https://x.dev/7%/b",
      "GET https://x.dev/a",
      "GET https://y.dev:8443/c?q=1",
      "GET https://z.dev/d",
    ],
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
