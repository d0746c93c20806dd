import { describe, expect, test } from "vitest";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../find-in.ts";

const urls = (text: string) => findIn(text).requests.flatMap((request) => request.urls.map(printTemplate));

describe("of several addresses the one that is taken when nothing is set comes first", () => {
  test.each([
    ["a conditional", 'const h = process.env.X ? "https://a.dev" : "https://z.dev"; fetch(h + "/p");'],
    ["a comparison", 'const h = process.env.X === "eu" ? "https://a.dev" : "https://z.dev"; fetch(h + "/p");'],
    ["a negation", 'const h = !process.env.X ? "https://z.dev" : "https://a.dev"; fetch(h + "/p");'],
    [
      "a return",
      'function h() { if (process.env.X) return "https://a.dev"; return "https://z.dev"; } fetch(h() + "/p");',
    ],
    [
      "a switch",
      'function h(e) { switch (e) { case "eu": return "https://a.dev"; default: return "https://z.dev"; } } fetch(h(process.env.X) + "/p");',
    ],
    ["an assignment", 'let h; if (process.env.X) h = "https://a.dev"; else h = "https://z.dev"; fetch(h + "/p");'],
    [
      "a predicate",
      'const eu = () => process.env.X === "eu"; fetch((eu() ? "https://a.dev" : "https://z.dev") + "/p");',
    ],
    [
      "a predicate with an argument",
      'const on = (v) => v === "1"; fetch((on(process.env.X) ? "https://a.dev" : "https://z.dev") + "/p");',
    ],
    [
      "a reader with a default that is nothing",
      `const reader = (o) => () => process.env[o.name] ?? (typeof o.otherwise === "function" ? o.otherwise() : o.otherwise);
       const region = reader({ name: "X" }); fetch((region() === "eu" ? "https://a.dev" : "https://z.dev") + "/p");`,
    ],
    ["a table", 'const T = { a: "https://a.dev", z: "https://z.dev" }; fetch(T[process.env.X ?? "z"] + "/p");'],
  ])("%s", (_, text) => expect(urls(text)).toEqual(["https://z.dev/p", "https://a.dev/p"]));

  test("an override is one request with what is built in first", () => {
    expect(urls('fetch((process.env.X ?? "https://z.dev") + "/p");')).toEqual(["https://z.dev/p", "{X}/p"]);
  });
});

const LOAD = `
async function load() {
  if (process.env.K) return { type: "key", host: "https://a.dev" };
  return { type: "user", host: "https://z.dev" };
}
const isUser = (x) => x.type === "user";
`;

describe("conditions around a call narrow what it is given", () => {
  test.each([
    [
      "a comparison",
      'async function f() { const x = await load(); if (x.type === "user") fetch(x.host + "/p"); } f();',
    ],
    [
      "an early return",
      'async function f() { const x = await load(); if (x.type === "key") return; fetch(x.host + "/p"); } f();',
    ],
    [
      "a predicate",
      'async function f() { const x = await load(); if (!isUser(x)) return; fetch(x.host + "/p"); } f();',
    ],
    [
      "a switch",
      'async function f() { const x = await load(); switch (x.type) { case "user": fetch(x.host + "/p"); } } f();',
    ],
    [
      "a caller's condition",
      'async function f() { const x = await load(); if (x.type === "user") go(x); } function go(x) { fetch(x.host + "/p"); } f();',
    ],
  ])("%s", (_, text) => expect(urls(LOAD + text)).toEqual(["https://z.dev/p"]));

  test("that a member is there tells nothing", () => {
    const text = 'async function f() { const x = await load(); if (x.host) fetch(x.host + "/p"); } f();';
    expect(urls(LOAD + text).sort()).toEqual(["https://a.dev/p", "https://z.dev/p"]);
  });
});

test("Map.forEach gives the value first, then the key", () => {
  const text = 'new Map([["k", "/v"]]).forEach((path, key) => fetch("https://z.dev" + path + "/" + key));';
  expect(urls(text)).toEqual(["https://z.dev/v/k"]);
});
