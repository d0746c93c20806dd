import { expect, test } from "vitest";
import { DiagnosticLog } from "../../extractor/model/diagnostic.ts";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn, programOf } from "../find/find-in.ts";

const hidden = (code: string) => {
  const log = new DiagnosticLog();
  programOf(code, log);
  return log.list().find(({ kind }) => kind === "obfuscated");
};

const turned = (read: string, numbers: number) => `
  function list() { const all = ["1abc", "2def", "L3Yx", "5xyz"]; list = () => all; return list(); }
  function text(at) { return list()[at - 3]; }
  (function (make, sum) {
    const all = make();
    while (true) {
      try {
        const found = ${Array.from({ length: numbers }, (_, i) => `${read}(text(${i + 3})) / ${i + 1}`).join(" + ")};
        if (found === sum) break;
        else all["push"](all["shift"]());
      } catch (e) { all["push"](all["shift"]()); }
    }
  })(list, 12345);
  fetch("https://" + text(5));`;

test("a list of texts that is turned until a checksum fits is said", () => {
  expect(hidden(turned("parseInt", 4))).toMatchObject({ count: 1, detail: expect.stringContaining("main.js:") });
});

test("a queue is no such list, nor are numbers that are read", () => {
  expect(hidden(turned("Number", 4))).toBeUndefined();
  expect(hidden("const q = []; function next() { q.push(q.shift()); return q[0]; }")).toBeUndefined();
  expect(hidden("const n = parseInt(a) + parseInt(b) + parseInt(c);")).toBeUndefined();
});

test("no address is made of the texts of such a list as it stands", () => {
  const texts = '["api.one.dev", "https://two.dev", "/v1", "three.dev/x", "1abc"]';
  const code = turned("parseInt", 4).replace(/\["1abc".*?\]/, texts);
  expect(findIn(code).requests.flatMap(({ urls }) => urls.map(printTemplate))).toEqual(["https://{}"]);
  // the same list where nobody turns it
  const plain = `function list() { const all = ${texts}; list = () => all; return list(); } fetch("https://" + list()[0]);`;
  expect(findIn(plain).requests.flatMap(({ urls }) => urls.map(printTemplate))).toEqual(["https://api.one.dev"]);
});

const shifted = (decoder: string) => `
  function list() { const all = ["https://api.one.dev", "/v1/events", "/v1/login"]; list = function () { return all; }; return list(); }
  function text(at, key) { at = at - 0x1a9; const all = list(); let found = all[at]; ${decoder} return found; }
  fetch(text(0x1a9) + text(0x1aa));`;

test("texts that are read under shifted numbers are said, where nobody turns the list as well", () => {
  expect(hidden(shifted(""))).toMatchObject({ count: 1 });
  const memo = "function list() { const all = ['a', 'b', 'c']; list = () => all; return list(); } fetch(list()[0]);";
  expect(hidden(memo)).toBeUndefined();
  expect(
    hidden("function f(at) { at = at - 2; return list()[at]; } const list = () => ['a', 'b', 'c'];"),
  ).toBeUndefined();
});

test("no address is made of texts that are decoded after they are read", () => {
  const decoder = "found = found.replace(/./g, (c) => String.fromCharCode(c.charCodeAt(0) ^ 1));";
  expect(hidden(shifted(decoder))).toMatchObject({ count: 1 });
  const printed = findIn(shifted(decoder)).requests.flatMap(({ urls }) => urls.map(printTemplate));
  expect(printed.join()).not.toMatch(/one\.dev|v1/);
});
