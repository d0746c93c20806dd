import { expect, test } from "vitest";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn } from "./find-in.ts";

const sent = (code: string) =>
  findIn(code).requests.flatMap((r) => r.urls.map((url) => `${r.method} ${printTemplate(url)}`));

const SPREAD_BY_LOOP = `
  const define = (o, k, value) => k in o ? Object.defineProperty(o, k, { value }) : o[k] = value;
  const spread = (a, b) => { for (var k in b || (b = {})) if (has.call(b, k)) define(a, k, b[k]); return a; };`;
const SPREAD_BY_ARGUMENTS = `
  function spread(target) {
    for (var i = 1; i < arguments.length; i++) {
      var source = arguments[i] != null ? arguments[i] : {};
      Object.keys(source).forEach(function (k) { define(target, k, source[k]); });
    }
    return target;
  }`;

test.each([
  ["by a loop", SPREAD_BY_LOOP],
  ["by all arguments", SPREAD_BY_ARGUMENTS],
])("an object spread compiled %s overrides what stands before it", (_how, helper) => {
  const code = `${helper} const base = { host: "https://a.dev", method: "GET" };
    const o = spread(spread({}, base), { host: "https://b.dev", method: "PUT" }); fetch(o.host + "/1", { method: o.method });`;
  expect(sent(code)).toEqual(["PUT https://b.dev/1"]);
});

test("an object spread compiled to descriptors overrides what stands before it", () => {
  const code = `const props = Object.defineProperties, descriptors = Object.getOwnPropertyDescriptors;
    const override = (a, b) => props(a, descriptors(b));
    const o = override({ host: "https://a.dev" }, { host: "https://b.dev" }); fetch(o.host + "/1");`;
  expect(sent(code)).toEqual(["GET https://b.dev/1"]);
});

test("the rest of an object, compiled, has not what was taken out", () => {
  const code = `
    const rest = (o, left) => { var t = {}; for (var k in o) if (left.indexOf(k) < 0) t[k] = o[k]; return t; };
    const hosts = { api: "https://a.dev", ["up" + "load"]: "https://b.dev" }; const others = rest(hosts, ["api"]);
    fetch(others.upload + "/1"); fetch(others.api ?? "https://c.dev/2");`;
  expect(sent(code).sort()).toEqual(["GET https://b.dev/1", "GET https://c.dev/2"]);
});

test("a module whose values stand beside its getters exports both", () => {
  const code = `(() => { var modules = {
      1(module, exports, require) { const later = () => "https://a.dev"; require.d(exports, { later: () => later }, { path: "/1" }); }
    }, cache = {};
    function require(id) { var known = cache[id]; if (known !== undefined) return known.exports;
      var module = cache[id] = { exports: {} }; modules[id](module, module.exports, require); return module.exports; }
    var m = require(1); fetch((0, m.later)() + m.path); })();`;
  expect(sent(code)).toEqual(["GET https://a.dev/1"]);
});

const ASYNC = `function made(f) { return function () { var self = this, args = arguments;
  return new Promise((done, failed) => { var run = f.apply(self, args); step(run, done, failed); }); }; }`;

test.each([
  [
    "is assigned",
    `const send = made(function* (path) { const base = yield find(); yield fetch(base + path); }); send("/1");`,
  ],
  [
    "replaces what is called first",
    `function send(_x) { return _send.apply(this, arguments); }
     function _send() { _send = made(function* (path) { yield fetch("https://a.dev" + path); }); return _send.apply(this, arguments); }
     send("/1");`,
  ],
  [
    "is called at once",
    `class C { constructor() { this.base = "https://a.dev"; }
       send(path) { return made(function* () { yield fetch(this.base + path); }).call(this); } }
     new C().send("/1");`,
  ],
])("an async function compiled to a generator that %s", (_how, code) => {
  expect(sent(`${ASYNC} const find = async () => "https://a.dev"; ${code}`)).toEqual(["GET https://a.dev/1"]);
});

test("a generator given to another library stays one", () => {
  const code = `const found = co(function* () { const more = yield* others(); yield "https://a.dev/1"; }); fetch("https://b.dev/1");`;
  expect(sent(code)).toEqual(["GET https://b.dev/1"]);
});

test("what a module exports by getters of an object is found", () => {
  const code = `(() => { var modules = {
      1(module, exports) { function all(target, by) { for (var k in by) Object.defineProperty(target, k, { get: Object.getOwnPropertyDescriptor(by, k).get }); }
        all(exports, { get Client() { return Client; } }); class Client { send() { return fetch("https://a.dev/1"); } } }
    }, cache = {};
    function require(id) { var known = cache[id]; if (known !== undefined) return known.exports;
      var module = cache[id] = { exports: {} }; modules[id](module, module.exports, require); return module.exports; }
    var m = require(1); new m.Client().send(); })();`;
  expect(sent(code)).toEqual(["GET https://a.dev/1"]);
});

test("a position in a text decides between two ways", () => {
  const code = `const join = (base, more) => { const at = base.indexOf("?");
      return at > -1 ? base.slice(0, at) + more + base.slice(at) : base + more; };
    fetch(join("https://a.dev/x", "/1")); fetch(join("https://b.dev/x?y=1", "/1"));`;
  expect(sent(code).sort()).toEqual(["GET https://a.dev/x/1", "GET https://b.dev/x/1?y=1"]);
});

test("a counter decides nothing", () => {
  const code = `let tries = 0; function again() { tries++; if (tries > 2) fetch("https://a.dev/1"); } again();`;
  expect(sent(code)).toEqual(["GET https://a.dev/1"]);
});

test.each([
  [
    "Babel",
    'const adapt = require("@babel/runtime/helpers/interopRequireDefault"); const a = adapt(require("axios"));',
  ],
  [
    "Babel, as a member",
    'const adapt = require("@babel/runtime/helpers/interopRequireWildcard").default; const a = adapt(require("axios"));',
  ],
  ["TypeScript", 'const t = require("tslib"); const a = t.__importDefault(require("axios"));'],
  ["swc", 'const d = require("@swc/helpers/_/_interop_require_default"); const a = d._(require("axios"));'],
])("a module that %s's own runtime adapts is still that module", (_compiler, code) => {
  expect(sent(`${code} a.default.post("https://a.dev/1");`)).toEqual(["POST https://a.dev/1"]);
});

test("objects that a compiler's runtime merges", () => {
  const code = `const t = require("tslib"); const o = t.__assign({ method: "GET" }, { method: "PUT" });
    fetch("https://a.dev/1", o);`;
  expect(sent(code)).toEqual(["PUT https://a.dev/1"]);
});
