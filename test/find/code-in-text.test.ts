import { expect, test } from "vitest";
import { DiagnosticLog } from "../../extractor/model/diagnostic.ts";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn, programOf } from "./find-in.ts";

const sent = (code: string): string[] =>
  findIn(code)
    .requests.flatMap(({ urls }) => urls.map(printTemplate))
    .sort();

const unread = (code: string) => {
  const log = new DiagnosticLog();
  programOf(code, log);
  return log.list().find(({ kind }) => kind === "code-in-text");
};

test.each([
  [`eval("fetch('https://a.example/')");`],
  [`const code = "fetch('https://a.example/')"; (0, eval)(code);`],
  [`const answer = globalThis.eval("fetch('https://a.example/')");`],
  [`const send = new Function("path", "return fetch('https://a.example' + path)"); send("/");`],
  [`Function("return fetch('https://a.example/')")();`],
  [`require("vm").runInThisContext("fetch('https://a.example/')");`],
  [`const vm = require("node:vm"); new vm.Script(\`fetch("https://a.example/")\`).runInNewContext({ fetch });`],
  [
    `const { Worker } = require("worker_threads"); new Worker(["const u = 'https://a.example/';", "fetch(u)"].join("\\n"), { eval: true });`,
  ],
  [`import("data:text/javascript,fetch('https://a.example/')");`],
  [`import "data:text/javascript;base64,${Buffer.from("fetch('https://a.example/')").toString("base64")}";`],
  [`require("child_process").spawn(process.execPath, ["-e", "fetch('https://a.example/')"]);`],
  [`require("child_process").execFile("node", ["--no-warnings", "--eval", "fetch('https://a" + ".example/')"]);`],
])("code in a text is read: %s", (code) => {
  expect(sent(code)).toEqual(["https://a.example/"]);
  expect(unread(code)).toBeUndefined();
});

test("code in eval sees the names around it, and is seen", () => {
  const module = `function load(exports, base) {
    eval("function send(path) { return fetch(base + path); }\\n exports.send = send; //# sourceURL=x");
  }
  const o = {}; load(o, "https://a.example"); o.send("/one");`;
  expect(sent(module)).toEqual(["https://a.example/one"]);
});

test("places in it are places of the file", () => {
  const [request] = findIn(`\n  eval("x(); fetch('https://a.example/')");`).requests;
  expect(request!.evidence).toMatchObject({ line: 2, column: 14 });
});

test.each([
  ["eval(read())", "eval that is put together while the program runs"],
  ["new Function('a', body)", "Function that is put together while the program runs"],
  ["require('vm').runInNewContext(code)", "code that is put together while the program runs"],
  ["eval('not } code')", "code in a text that cannot be parsed"],
])("what is not written out is counted: %s", (code, what) => {
  expect(unread(code)).toEqual({ kind: "code-in-text", count: 1, detail: expect.stringContaining(what) });
});

test("a text of many pieces takes no stack", () => {
  const pieces = Array.from({ length: 20_000 }, () => `" "`).join(" + ");
  expect(unread(`const x = ${pieces};`)).toBeUndefined();
});
