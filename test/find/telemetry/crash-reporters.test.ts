import { expect, test } from "vitest";
import { effectOf } from "../../../extractor/model/switches/gates.ts";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../find-in.ts";

const KEY = "0a1b2c3d4e5f60718293a4b5c6d7e8f9";

function requests(text: string): string[] {
  return findIn(text).requests.map((r) =>
    [r.method, ...r.urls.map(printTemplate), ...r.gates.map((g) => `${effectOf(g)} ${g.name}`)].join(" "),
  );
}

test("a crash reporter posts envelopes where its DSN says, unless a switch is in the way", () => {
  const text = `const dsn = "https://${KEY}@o1.errors.x.dev/42"; const sdk = load();
    if (!process.env.NO_REPORTS) sdk.init({ dsn, environment: "external" });`;
  expect(requests(text)).toEqual(["POST https://o1.errors.x.dev/api/42/envelope/ silences NO_REPORTS"]);
});

test.each([
  [
    "a function that a bundler renamed",
    `function q(o) { return load(o); } q({ dsn: "https://${KEY}@o1.errors.x.dev/42" });`,
  ],
  [
    "options in a variable",
    `const o = { dsn: "https://${KEY}@o1.errors.x.dev/42" }; function q(a) { return load(a); } q(o);`,
  ],
  [
    "a DSN that a function is told",
    `function start(d) { load().init({ dsn: d }); } start("https://${KEY}@o1.errors.x.dev/42");`,
  ],
])("%s is one", (_name, text) => expect(requests(text)).toEqual(["POST https://o1.errors.x.dev/api/42/envelope/"]));

test.each([
  ["another option", `sdk.init({ url: "https://${KEY}@o1.errors.x.dev/42" });`],
  ["no DSN", `sdk.init({ dsn: "https://o1.errors.x.dev/42" });`],
  ["nothing known", `sdk.init({ dsn: process.env.DSN }); sdk.init();`],
])("%s is none", (_name, text) => expect(requests(text)).toEqual([]));
