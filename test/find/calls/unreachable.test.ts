import { describe, expect, test } from "vitest";
import { findIn } from "../find-in.ts";

const MODULE = `
var wrap = (cb, mod) => () => (mod || cb((mod = { exports: {} }).exports, mod), mod.exports);
var adapt = (mod) => (mod && mod.__esModule ? mod : Object.assign({ default: mod }, mod));
var load = wrap((exports, module) => {
  function upload() { return fetch("https://old.orbitcli.dev/upload"); }
  function mirror() { return upload().then(() => fetch("https://old.orbitcli.dev/mirror")); }
  function current() { return fetch("https://api.orbitcli.dev/current"); }
  module.exports = { current, mirror };
});
var legacy = adapt(load());
legacy.current();
`;

const deadIn = (text: string): string[] =>
  findIn(text)
    .requests.filter(({ dead }) => dead !== undefined)
    .map(({ urls }) => String(urls[0]?.[0]))
    .sort();

describe("requests of code that nothing calls", () => {
  test("a member of a bundled module that nobody reads, and what only it calls", () => {
    expect(deadIn(MODULE)).toEqual(["https://old.orbitcli.dev/mirror", "https://old.orbitcli.dev/upload"]);
    const [first] = findIn(MODULE).requests.filter(({ dead }) => dead !== undefined);
    expect(first?.dead).toMatch(/^nothing calls \w+ at main\.js:\d+:\d+$/);
  });

  test("a function that nobody mentions, and what it tells a function that others call", () => {
    const text = `
      const send = (path) => fetch("https://api.orbitcli.dev" + path);
      function unused() { send("/unused"); unused(); }
      send("/used");
    `;
    const { requests } = findIn(text);
    expect(requests.map(({ urls, dead }) => [String(urls[0]?.[0]), dead !== undefined]).sort()).toEqual([
      ["https://api.orbitcli.dev/unused", true],
      ["https://api.orbitcli.dev/used", false],
    ]);
  });

  test.each([
    ["a computed member", "legacy[process.argv[2]]();"],
    ["all of its members", "for (const f of Object.values(legacy)) f();"],
    ["keys of it", "for (const k in legacy) legacy[k]();"],
    ["a list of it", "const all = [legacy]; all.map((m) => m[process.argv[2]]());"],
    ["another function", "run(legacy);"],
    ["another object", "const all = { ...legacy }; all[process.argv[2]]();"],
    ["a returned object", "function get() { return legacy; } get()[process.argv[2]]();"],
    ["its name", "const { mirror } = legacy; mirror();"],
    ["another load of the module", "load()[process.argv[2]]();"],
    ["an export", "export { legacy };"],
    ["the package", "module.exports = legacy;"],
  ])("%s may reach it", (_what, code) => {
    expect(deadIn(MODULE + code)).toEqual([]);
  });

  test.each([
    ["an export", "export function f() { fetch('https://a.orbitcli.dev/x'); }"],
    ["a CommonJS export", "function f() { fetch('https://a.orbitcli.dev/x'); } module.exports = { f };"],
    ["a method", "class C { f() { fetch('https://a.orbitcli.dev/x'); } } new C();"],
    ["a getter", "const o = { get f() { return fetch('https://a.orbitcli.dev/x'); } }; o.f;"],
    ["a callback", "function f() { fetch('https://a.orbitcli.dev/x'); } process.on('exit', f);"],
    ["a listener", "function f() { fetch('https://a.orbitcli.dev/x'); } process.onexit = f;"],
    ["a table", "const t = { f() { fetch('https://a.orbitcli.dev/x'); } }; t[process.argv[2]]();"],
    [
      "itself",
      "const t = { f() { fetch('https://a.orbitcli.dev/x'); }, g(k) { return this[k](); } }; t.g(process.argv[2]);",
    ],
    ["a default", "function f() { fetch('https://a.orbitcli.dev/x'); } function g(h = f) { h(); } g();"],
    ["a result", "function f() { fetch('https://a.orbitcli.dev/x'); } const g = () => f; g()();"],
  ])("%s is live", (_what, text) => {
    expect(findIn(text).requests.length).toBeGreaterThan(0);
    expect(deadIn(text)).toEqual([]);
  });
});
