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
