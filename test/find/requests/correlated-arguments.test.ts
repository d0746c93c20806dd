import { expect, test } from "vitest";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../find-in.ts";

/** Every method and URL of a program's requests. */
function pairs(text: string): string[] {
  return findIn(text)
    .requests.map((r) => `${r.method} ${r.urls.map(printTemplate).join(" ")}`)
    .sort();
}

const GET_A = "GET https://x.dev/a";
const PUT_B = "PUT https://x.dev/b";

test.each([
  [
    "one condition decides both",
    `function f(on) { const method = on ? "PUT" : "GET"; return fetch(on ? "https://x.dev/b" : "https://x.dev/a", { method }); }`,
    [GET_A, PUT_B],
  ],
  [
    "both are set in one arm",
    `function f(on) { let m = "GET", u = "https://x.dev/a"; if (on) { m = "PUT"; u = "https://x.dev/b"; } return fetch(u, { method: m }); }`,
    [GET_A, PUT_B],
  ],
  [
    "arms that fall into the next",
    `function f(what) { let m, u; switch (what) { case "b": case "c": m = "PUT"; u = "https://x.dev/b"; break; default: m = "GET"; u = "https://x.dev/a"; } return fetch(u, { method: m }); }`,
    [GET_A, PUT_B],
  ],
  [
    "a key picks the host from one table and the file from another",
    `const HOSTS = { a: "https://x.dev", b: "https://y.dev" }, FILES = { a: "a.zip", b: "b.tgz" };
     const key = () => (process.platform === "win32" ? "a" : "b");
     function f() { const k = key(); return fetch(HOSTS[k] + "/" + FILES[k]); }`,
    ["GET https://x.dev/a.zip", "GET https://y.dev/b.tgz"],
  ],
  [
    "hosts and paths that hang on different things are all of them",
    `function f(host, beta) { const h = host ? "https://x.dev" : "https://y.dev"; return fetch(h + (beta ? "/b" : "/a")); }`,
    ["GET https://x.dev/a https://y.dev/a", "GET https://x.dev/b https://y.dev/b"],
  ],
  [
    "both are members of one item",
    `const all = [{ m: "GET", u: "/a" }, { m: "PUT", u: "/b" }]; for (const { m, u } of all) fetch("https://x.dev" + u, { method: m });`,
    [GET_A, PUT_B],
  ],
  [
    "both are returned together",
    `const plan = (on) => on ? { method: "PUT", u: "https://x.dev/b" } : { method: "GET", u: "https://x.dev/a" };
     function f(on) { const { u, ...options } = plan(on); return fetch(u, options); }`,
    [GET_A, PUT_B],
  ],
  [
    "two conditions that have nothing to do with each other",
    `function f(on, far) { return fetch(far ? "https://x.dev/b" : "https://x.dev/a", { method: on ? "PUT" : "GET" }); }`,
    [GET_A, "GET https://x.dev/b", "PUT https://x.dev/a", PUT_B],
  ],
])("method and URL: %s", (_name, code, expected) => {
  expect(pairs(code)).toEqual(expected);
});

const DIGITS = [..."0123456789"];
/** A function with ten results. */
const tenFiles = (name: string): string =>
  `(x) => { ${DIGITS.map((i) => `if (x === "${i}") return "${name}-${i}";`).join(" ")} return null; }`;

const FILES = 'const FILES = { "win-x64": "x64.zip", "win-arm64": "arm64.zip", linux: "linux.tgz" };';
const TARGET = 'const target = () => on() ? (far() ? "win-arm64" : "win-x64") : "linux";';

test.each([
  [
    "one key picks from two tables",
    `${FILES} const BASES = { "win-x64": "https://a.dev/rel", "win-arm64": "https://b.dev/pre", linux: "https://a.dev/rel" };
     ${TARGET} function f() { const t = target(); return fetch(BASES[t] + "/" + FILES[t]); } f();`,
    ["GET https://a.dev/rel/linux.tgz", "GET https://a.dev/rel/x64.zip", "GET https://b.dev/pre/arm64.zip"],
  ],
  [
    "a key picks from a table, and a function compares it",
    `${FILES} ${TARGET} const base = (t) => t === "win-arm64" ? "https://b.dev/pre" : "https://a.dev/rel";
     const get = (url) => fetch(url); function f() { const t = target(); return get(\`\${base(t)}/\${FILES[t]}\`); } f();`,
    ["GET https://a.dev/rel/linux.tgz", "GET https://a.dev/rel/x64.zip", "GET https://b.dev/pre/arm64.zip"],
  ],
  [
    "a name and its ending hang on one condition",
    `function f(on, far) { const dir = far ? "arm64" : "x64"; const name = on ? "win" : "linux";
     return fetch(\`https://a.dev/\${name}-\${dir}/\${on ? "tool.exe" : "tool"}\`); }`,
    [
      "GET https://a.dev/linux-arm64/tool",
      "GET https://a.dev/linux-x64/tool",
      "GET https://a.dev/win-arm64/tool.exe",
      "GET https://a.dev/win-x64/tool.exe",
    ],
  ],
  [
    "an ending hangs on how the name begins",
    `${TARGET} const archive = (t) => { const ending = t.startsWith("win") ? "zip" : "tgz";
       return \`\${t}.\${ending}\`; };
     const get = (url) => fetch(url); function f() { return get("https://a.dev/" + archive(target())); } f();`,
    ["GET https://a.dev/linux.tgz", "GET https://a.dev/win-arm64.zip", "GET https://a.dev/win-x64.zip"],
  ],
  [
    "an ending is set anew where the name begins so",
    `${TARGET} function f() { const t = target(); let ending = "tgz"; if (t.startsWith("win")) ending = "zip";
     return fetch(\`https://a.dev/\${t}.\${ending}\`); } f();`,
    ["GET https://a.dev/linux.tgz", "GET https://a.dev/win-arm64.zip", "GET https://a.dev/win-x64.zip"],
  ],
  [
    "entries of a table have more names than one value holds",
    `const TOOLS = { one: { repo: "a/one", file: ${tenFiles("one")} },
       two: { repo: "b/two", file: ${tenFiles("two")} } };
     const get = (url) => fetch(url); function f(name) { const tool = TOOLS[name];
       return get(\`https://a.dev/\${tool.repo}/\${tool.file(process.arch)}\`); }
     f("one"); f("two");`,
    ["a/one", "b/two"].flatMap((repo) => DIGITS.map((i) => `GET https://a.dev/${repo}/${repo.slice(2)}-${i}`)),
  ],
  [
    "two keys that have nothing to do with each other",
    `function f(on, far) { return fetch((on ? "https://a.dev/" : "https://b.dev/") + (far ? "x" : "y")); }`,
    ["GET https://a.dev/x", "GET https://a.dev/y", "GET https://b.dev/x", "GET https://b.dev/y"],
  ],
])("parts of one URL: %s", (_name, code, expected) => {
  const found = findIn(code).requests.flatMap((r) => r.urls.map((url) => `${r.method} ${printTemplate(url)}`));
  expect([...new Set(found)].sort()).toEqual(expected);
});
