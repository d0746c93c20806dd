import { expect, test } from "vitest";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn } from "./find-in.ts";

const requestsIn = (code: string): string[] =>
  findIn(code).requests.map(({ method, urls }) => `${method} ${urls.map(printTemplate).join(" ")}`);

const PIPE = "const pipe = (...fns) => (x) => fns.reduce((v, f) => f(v), x);";

test.each([
  ["a pipe", `${PIPE} pipe((p) => "https://x.dev" + p, (u) => fetch(u))("/a");`],
  ["three of them", `${PIPE} pipe((p) => p + "a", (p) => "https://x.dev" + p, (u) => fetch(u))("/");`],
  [
    "a start before the list",
    `const pipe = (x, ...fns) => fns.reduce((v, f) => f(v), x);
    pipe("/a", (p) => "https://x.dev" + p, (u) => fetch(u));`,
  ],
  [
    "a method of what is piped",
    `const P = { pipe(...fns) { return each(this, fns); } }; const each = (self, fs) => fs.reduce((v, f) => f(v), self);
    const made = (url) => Object.assign(Object.create(P), { url }); const onto = (p) => (r) => made(r.url + p);
    const client = { run: (r) => fetch(r.url) };
    made("https://x.dev").pipe(onto("/a"), client.run);`,
  ],
])("functions are called in turn: %s", (_how, code) => {
  expect(requestsIn(code)).toEqual(["GET https://x.dev/a"]);
});
