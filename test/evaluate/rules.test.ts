import { expect, test } from "vitest";
import { evaluateSnippet } from "./evaluate-snippet.ts";

/** One row for each rule of the evaluator. */
const RULES: Record<string, { code: string; expected: string[] }> = {
  "a tag's result reads like its template": {
    code: "const enc = (s, ...v) => s.reduce((a, x, i) => a + x + encodeURIComponent(v[i] ?? ''), ''); const answer = enc`https://x.dev/a/${process.env.ID}/b`;",
    expected: ["https://x.dev/a/{ID}/b"],
  },
  "String.raw": { code: "const answer = String.raw`https://x.dev/a`;", expected: ["https://x.dev/a"] },
  "a function makes each replacement of its groups": {
    code: "const v = { id: '7', org: process.env.ORG }; const answer = 'https://x.dev/:org/:id'.replace(/:(\\w+)/g, (_, k) => v[k] ?? '');",
    expected: ["https://x.dev/{ORG}/7"],
  },
  "`||` and `&&` in a condition: an unknown left side leaves it open": {
    code: "const base = process.env.B || 'https://x.dev'; const p = '/v1'; const answer = base.endsWith('/') && p.startsWith('/') ? 'https://y.dev/cut' : 'https://y.dev/whole';",
    expected: ["https://y.dev/cut", "https://y.dev/whole"],
  },
  "a base and a path are joined by one slash": {
    code: "const base = process.env.B || 'https://x.dev'; const p = '/v1'; const answer = base + (base.endsWith('/') && p.startsWith('/') ? p.slice(1) : p);",
    expected: ["https://x.dev/v1", "{B}/v1"],
  },
  "of too many addresses without anything in common some are kept": {
    code: "const answer = ['https://a.dev', ...'bcdefghijklmnopqrs'.split('').map((c) => c), process.env.B, 'https://z.dev'][process.env.N];",
    expected: ["https://a.dev", "https://z.dev", "{any}"],
  },
  "many bases and a path are joined by one slash": {
    code: "const base = process.env.B || ['https://a.dev', 'https://b.dev', 'https://c.dev', 'https://d.dev', 'https://e.dev', 'https://f.dev', 'https://g.dev', 'https://h.dev', 'https://i.dev'][process.env.N]; const p = '/v1'; const answer = base + (base.endsWith('/') && p.startsWith('/') ? p.slice(1) : p);",
    expected: [...[..."abcdefghi"].map((host) => `https://${host}.dev/v1`), "{B}/v1"],
  },
  padded: {
    code: "const answer = 'https://x.dev/' + 'ab'.padEnd(4, '-') + 'c'.padStart(3, '0');",
    expected: ["https://x.dev/ab--00c"],
  },
  decoded: { code: "const answer = decodeURIComponent('https%3A%2F%2Fx.dev%2Fa');", expected: ["https://x.dev/a"] },
  base64: {
    code: "const answer = Buffer.from('aHR0cHM6Ly94LmRldi9h', 'base64').toString('utf8');",
    expected: ["https://x.dev/a"],
  },
  "a list put together by push": {
    code: "const parts = []; parts.push('https://x.dev'); parts.push('a'); const answer = parts.join('/');",
    expected: ["https://x.dev/a"],
  },
  "a place in a list that comes from what is only null here is any of them": {
    code: `const inner = { dispatcher: null }; const [at] = (() => inner.dispatcher.useState(0))();
      const answer = [{ url: 'https://x.dev/a' }, { url: 'https://x.dev/b' }][at].url;`,
    expected: ["https://x.dev/a", "https://x.dev/b"],
  },
  "a text that a condition changes, with and without the change": {
    code: `const to = (path, base) => { if (base) path = path.replace(/^(?!.*\\/\\/)\\/?/, base + "/"); return path; };
      const answer = to("/a", process.env.BASE || "https://x.dev");`,
    expected: ["/a", "https://x.dev/a", "{BASE}/a"],
  },
  "a variable that a function makes anew of what it held": {
    code: `const join = (b, p) => b + "/" + p;
      const at = (o) => { let u = o.a || o.u; if (o.base) u = join(o.base, u); return u; };
      const plain = (u) => { u = join("https://x.dev", u); u = u.includes("?") ? u + "&k=1" : u + "?k=1"; return u; };
      const answer = [at({ base: "https://y.dev", u: "z" }), plain("a"), plain("b?c")][at.length - 9];`,
    expected: ["https://x.dev/a?k=1", "https://x.dev/b?c&k=1", "https://y.dev/z"],
  },
  "a variable that is encoded, awaited or taken from a member of itself": {
    code: `const e = encodeURIComponent;
      const f = async (u) => { u = "https://x.dev/" + e(u); u = await Promise.resolve(u); return u; };
      const g = (o) => { o = o || {}; o = o.opts; return o.url; };
      const answer = [await f("a"), g({ opts: { url: "https://y.dev" } })][f.length - 9];`,
    expected: ["https://x.dev/a", "https://y.dev"],
  },
  "objects that are merged one by one": {
    code: `const put = (to, from) => { Object.keys(from).forEach((k) => { to[k] = from[k]; }); return to; };
      const merge = (...all) => all.reduce((to, from) => put(to, from), {});
      const a = merge({ host: "https://x.dev" }, { path: "/a" });
      const b = Object.assign({}, ...[{ host: "https://y.dev" }, { path: "/b" }]);
      const answer = [a.host + a.path, b.host + b.path][a.length - 9];`,
    expected: ["https://x.dev/a", "https://y.dev/b"],
  },
  "the names of HTTP/2's headers": {
    code: `const http2 = require("node:http2"); const { HTTP2_HEADER_PATH, HTTP2_HEADER_METHOD } = http2.constants;
      const answer = { [HTTP2_HEADER_METHOD]: "GET", [HTTP2_HEADER_PATH]: "/a" }[":path"];`,
    expected: ["/a"],
  },
  "a member written under a name that nobody says hides none": {
    code: `class R { more = {}; constructor(host) { this.host = host; } set(name, value) { this.more[name] = value; }
      url() { return "https://" + { host: this.host, ...this.more }.host; } }
      const answer = new R("x.dev").url();`,
    expected: ["https://x.dev", "https://{value}"],
  },
  "a list that a condition appends to": {
    code: "const parts = ['https://x.dev']; if (process.env.V) parts.push('v1'); parts.push('a'); const answer = parts.join('/');",
    expected: ["https://x.dev/a", "https://x.dev/v1/a"],
  },
  "a list to which a part is appended where it is given": {
    code: "function url(part) { const all = ['https://x.dev']; if (part !== '') all.push(part); return all.join('/'); } const answer = process.env.N ? url('a') : url('');",
    expected: ["https://x.dev", "https://x.dev/a"],
  },
  "a member of a member of `this`": {
    code: "class C { constructor() { this.options = {}; const http = {}; http.base = 'https://x.dev'; this.options.http = http; } url() { return this.options.http.base + '/a'; } } const answer = new C().url();",
    expected: ["https://x.dev/a"],
  },
  "pieces of one text belong together, whichever it is": {
    code: `const id = process.env.A ? "aabb" : "ccdd";
      const answer = "https://x.dev/" + id.slice(0, 2) + "-" + id.slice(2) + "/" + id;`,
    expected: ["https://x.dev/aa-bb/aabb", "https://x.dev/cc-dd/ccdd"],
  },
  "url.resolve": {
    code: "const answer = require('node:url').resolve('https://x.dev/a/', 'b');",
    expected: ["https://x.dev/a/b"],
  },
  "a suffix cut off by its length": {
    code: "const u = 'https://x.dev/a/sse'; const answer = u.slice(0, -'/sse'.length) + u.slice(u.length - 4);",
    expected: ["https://x.dev/a/sse"],
  },
  "private members in weak maps, through helpers": {
    code: "const add = (o, m, v) => m.has(o) ? fail() : m.set(o, v); const get = (o, m) => m.get(o); var _p, _q; class C { constructor() { add(this, _p, '/p'); add(this, _q, '/q'); } url() { return 'https://x.dev' + get(this, _p); } } _p = new WeakMap(); _q = new WeakMap(); const answer = new C().url();",
    expected: ["https://x.dev/p"],
  },
  "private members in weak maps, written where they are used": {
    code: "var t; class C { constructor() { var s = t; s.set(this, '/p'); } url() { var s = t; return 'https://x.dev' + s.get(this); } } t = new WeakMap(); const answer = new C().url();",
    expected: ["https://x.dev/p"],
  },
  "made when it is first asked for": {
    code: "const host = (() => { let h; return () => null != h ? h : h = 'https://x.dev'; })(); const answer = host();",
    expected: ["https://x.dev"],
  },
  "an address put together step by step": {
    code: "function f(id) { if (id === undefined) throw new Error('id'); let u = 'https://x.dev'; u += '/v1'; if (process.env.ALL) u += '/all'; return u; } const answer = f('7');",
    expected: ["https://x.dev/v1", "https://x.dev/v1/all"],
  },
  "a slash in front where there is none": {
    code: "function f(p) { if (!p.startsWith('/')) p = '/' + p; return 'https://x.dev' + p; } const answer = f('a') + f('/b');",
    expected: ["https://x.dev/ahttps://x.dev/b"],
  },
  "a slash taken off": {
    code: "let base = 'https://x.dev/'; base = base.replace(/\\/$/, ''); const answer = base + '/a';",
    expected: ["https://x.dev/a"],
  },
  "a list without what a predicate refuses": {
    code: "const answer = ['https://x.dev', '', 'a'].filter((s) => s !== '').join('/');",
    expected: ["https://x.dev/a"],
  },
  "at() from the end": {
    code: "const answer = ['https://x.dev/a', 'https://x.dev/b'].at(-1);",
    expected: ["https://x.dev/b"],
  },
  "a path that is appended to": {
    code: "const u = new URL('/v1/', 'https://x.dev'); u.pathname += process.env.ID; const answer = u.toString();",
    expected: ["https://x.dev/v1/{ID}"],
  },
  "a path that is joined to itself": {
    code: "const { posix } = require('path'); const u = new URL('https://x.dev'); u.pathname = posix.join(u.pathname, 'v1', process.env.ID); const answer = u.toString();",
    expected: ["https://x.dev/v1/{ID}"],
  },
  "a host that is only there to parse": {
    code: "const answer = new URL(process.env.U, 'http://localhost').href;",
    expected: ["{U}"],
  },
  "a setting nobody changes": {
    code: "const on = { beta: true, lab: false }; function f() { if (on.lab) return 'https://lab.dev'; return 'https://x.dev'; } const answer = f();",
    expected: ["https://x.dev"],
  },
  "behind a return": {
    code: "function f() { return 'https://x.dev'; return 'https://never.dev'; } const answer = f();",
    expected: ["https://x.dev"],
  },
  "what a subclass defines": {
    code: "class A { url() { return 'https://x.dev/' + this.name; } } class B extends A { get name() { return 'b'; } } const answer = new B().url();",
    expected: ["https://x.dev/b"],
  },
  "a method of the parent, asked by the one that overrides it": {
    code: "class A { path() { return '/a'; } } class B extends A { path() { return super.path() + '/b'; } } const answer = 'https://x.dev' + new B().path();",
    expected: ["https://x.dev/a/b"],
  },
  "super in a class that got its arguments from a subclass": {
    code: "class A { constructor(h) { this.h = h; } url() { return this.h + this.tail(); } tail() { return '/a'; } } class B extends A { constructor(h) { super('https://' + h); } url() { return super.url(); } tail() { return '/b'; } } const answer = new B('x.dev').url();",
    expected: ["https://x.dev/b"],
  },
  "a function that is called where it is written": {
    code: "let answer; (function (host, ...rest) { const make = () => host + rest[0]; answer = make(); })('https://x.dev', '/a');",
    expected: ["https://x.dev/a"],
  },
  "the same inside a function that is called twice": {
    code: "const f = (p) => ((host) => host + p)('https://x.dev'); const answer = Math.random() ? f('/a') : f('/b');",
    expected: ["https://x.dev/a", "https://x.dev/b"],
  },
  "a namespace inside a namespace": {
    code: "var A; ((o) => { o.root = 'https://x.dev'; let I; ((i) => { i.path = '/a'; })(I = o.I || (o.I = {})); })(A || (A = {})); const answer = A.root + A.I.path;",
    expected: ["https://x.dev/a"],
  },
  "a namespace as minifiers write it": {
    code: "var t, e; (e = t || (t = {})).root = 'https://x.dev', (e.I || (e.I = {})).path = '/a'; const answer = t.root + t.I.path;",
    expected: ["https://x.dev/a"],
  },
  "fields that a helper defines": {
    code: "const put = (o, k, v) => k in o ? Object.defineProperty(o, k, { value: v }) : o[k] = v; const field = (o, k, v) => put(o, typeof k != 'symbol' ? k + '' : k, v); class A { constructor(p) { field(this, 'host', 'https://x.dev'); field(this, 'p', p); } url() { return this.host + this.p; } } const answer = new A('/a').url();",
    expected: ["https://x.dev/a"],
  },
  "fields that a helper defines where it is written": {
    code: "class A { constructor(p) { ((o, k, v) => { o[k] = v; })(this, 'host', p); } } const answer = new A('https://x.dev').host;",
    expected: ["https://x.dev"],
  },
  "fields as properties": {
    code: "class A { constructor() { Object.defineProperty(this, 'host', { enumerable: true, value: 'https://x.dev' }); } } const answer = new A().host;",
    expected: ["https://x.dev"],
  },
  "promises that are settled": {
    code: "const f = async () => 'https://x.dev'; const [a, b] = await Promise.allSettled([f(), '/a']); const answer = a.status === 'fulfilled' ? a.value + b.value : '';",
    expected: ["", "https://x.dev/a"],
  },
  "a beginning that is put together": {
    code: "const P = 'x'; const q = (n) => n.startsWith(`${P}/`) ? n : `${P}/${n}`; const answer = q('x/a') + q('b');",
    expected: ["x/ax/b"],
  },
};

for (const [rule, { code, expected }] of Object.entries(RULES)) {
  test(rule, () => {
    expect(evaluateSnippet(code)).toEqual(expected);
  });
}
