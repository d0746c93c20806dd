import { expect, test } from "vitest";
import { surroundingsIn } from "../../extractor/syntax/surroundings.ts";

/** What is around `HERE`. */
function around(text: string, path = "a.js") {
  const offset = text.indexOf("HERE");
  return surroundingsIn(text, path, [offset]).get(offset);
}

test.each([
  ["the top level", "fetch(HERE);", {}],
  ["a function", "function send() { fetch(HERE); }", { name: "send" }],
  ["a callback without a name", "function all() { urls.map((u) => fetch(HERE)); }", { name: "all" }],
  ["a callback of a call whose result has a name", "function all() { const r = m((u) => HERE); }", { name: "all" }],
  ["a variable's function", "const send = async () => fetch(HERE);", { name: "send" }],
  ["a member's function", "exports.send = function () { fetch(HERE); };", { name: "send" }],
  ["a method", "class Client { send() { fetch(HERE); } }", { name: "Client.send" }],
  ["a private method", "class Client { #send() { fetch(HERE); } }", { name: "Client.#send" }],
  ["a field's function", "class Client { send = () => fetch(HERE); }", { name: "Client.send" }],
  ["a field", "class Client { url = HERE; }", { name: "Client" }],
  ["a function in a method", "class Client { send() { function go() { HERE; } } }", { name: "go" }],
  ["a class of a variable", "const Client = class { get() { HERE; } };", { name: "Client.get" }],
  ["a class of a function", "function make() { return class Inner { get() { HERE; } }; }", { name: "Inner.get" }],
  ["a method of an object", "const api = { send() { HERE; } };", { name: "send" }],
  [
    "a module that esbuild wrapped",
    'var m = wrap({ "src/api.js"(exports) { function send() { HERE; } } });',
    { name: "send", module: "src/api.js" },
  ],
  ["a module that webpack wrapped", "run({ 4711: (e, t, n) => { HERE; } });", { module: "4711" }],
  ["a name that is no module", 'var m = { "send it"() { HERE; } };', { name: "send it" }],
])("%s", (_what, text, expected) => {
  expect(around(text)).toEqual(expected);
});

test("TypeScript, and a place behind a statement that can't be parsed", () => {
  expect(around("export class A<T> { get(x: T): void { HERE; } }", "a.ts")).toEqual({ name: "A.get" });
  expect(around("let let = ;\nfunction f() { HERE; }")).toEqual({ name: "f" });
});

test("a place in what can't be parsed has no answer", () => {
  expect(around("const = HERE;")).toBeUndefined();
});

test("each of many places in one file, in any order", () => {
  const text = Array.from({ length: 500 }, (_, n) => `function f${n}() { call(${n}); }`).join("\n");
  const offsets = Array.from({ length: 500 }, (_, n) => text.indexOf(`call(${n})`)).reverse();
  const found = surroundingsIn(text, "a.js", offsets);
  expect(offsets.map((offset) => found.get(offset)?.name)).toEqual(
    Array.from({ length: 500 }, (_, n) => `f${499 - n}`),
  );
});
