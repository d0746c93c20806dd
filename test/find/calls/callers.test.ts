import { expect, test } from "vitest";
import { questionsOf } from "../../../extractor/evaluate/engine/questions.ts";
import { Callers } from "../../../extractor/find/calls/callers.ts";
import { DiagnosticLog } from "../../../extractor/model/diagnostic.ts";
import { programOf } from "../find-in.ts";

/** The offsets' source lines of all calls of the function of that name, `target` if none is given. */
function callsOf(text: string, name = "target"): string[] {
  const program = programOf(text);
  const none = { brands: [], makes: () => undefined, isMade: () => false, responds: () => false, flagRead: () => null };
  const callers = new Callers(questionsOf({ program, log: new DiagnosticLog(), ...none }));
  const f = program.units.flatMap(({ functions }) => functions).find((g) => g.name === name);
  if (f === undefined) throw new Error(`no function ${name}`);
  return callers.of(f).map(({ call }) => text.slice(call.at).split(";")[0]!);
}

test.each([
  ["by its name", "function target(a) {} target(1); other(2);", ["target(1)"]],
  ["by another name of it", "function target(a) {} const alias = target; alias(1);", ["alias(1)"]],
  ["as a member", "const o = { target(a) {} }; o.target(1);", ["o.target(1)"]],
  ["through call", "function target(a) {} target.call(null, 1);", ["target.call(null, 1)"]],
  ["where it is written", "(function target(a) {})(1);", ["(function target(a) {})(1)"]],
  ["by nobody", "function target(a) {} other(1);", []],
])("called %s", (_name, text, wanted) => {
  expect(callsOf(text)).toEqual(wanted);
});

test("given to another function: called where that one calls its parameter", () => {
  expect(callsOf("function target(a) {} function run(f) { f(1); } run(target);")).toEqual(["f(1)"]);
});

test.each([
  [
    "returned, and what it was returned by given to another",
    "function make() { return function target(a) {}; } function run(f) { f(1); } run(make());",
    ["f(1)"],
  ],
  [
    "given to a class that inherits its constructor",
    "function target(a) {} class A { constructor(f) { f(1); } } class B extends A {} new B(target);",
    ["f(1)"],
  ],
  [
    "through call, where another function has it",
    "function target(a) {} function run(f) { f.call(null, 1); } run(target);",
    ["f.call(null, 1)"],
  ],
  [
    "a variable that a context sets",
    "let send; function init(o) { send = o.sendIt; } function target(a) {} init({ sendIt: target }); send(1);",
    ["send(1)"],
  ],
])("called %s", (_name, text, wanted) => {
  expect(callsOf(text)).toEqual(wanted);
});

test("a member of the same name on another object is no call of it", () => {
  const text = "const o = { target(a) {} }; const p = { target(b) {} }; p.target(2); o.target(1);";
  expect(callsOf(text)).toEqual(["o.target(1)"]);
});

test("functions that are handed round in a circle are followed once", () => {
  const text = `
    function wrap(send) { return function target(url) { return send(url); }; }
    let a = wrap(b); let b = wrap(a); a = wrap(a); b = wrap(wrap(b)); a("x");`;
  expect(callsOf(text)).toContain('a("x")');
});
