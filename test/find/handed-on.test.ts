import { expect, test } from "vitest";
import { printTemplate } from "../../extractor/model/template.ts";
import { findIn } from "./find-in.ts";

const SEND = `function send({ base = "https://default.dev" } = {}) { return fetch(base + "/x"); }`;
const CLIENT = `class Base { constructor({ base = "https://default.dev" } = {}) { this.base = base; } go() { return fetch(this.base + "/x"); } }`;

test.each([
  ["by a function", `${SEND} function outer(...a) { return send(...a); } outer({ base: "https://given.dev" });`],
  [
    "by functions one after the other",
    `${SEND} const first = (...a) => send(...a); function second(...b) { return first(...b); } second({ base: "https://given.dev" });`,
  ],
  [
    "behind arguments of its own",
    `${SEND} const log = (what, ...a) => send(...a); function outer(...b) { return log("out", ...b); } outer({ base: "https://given.dev" });`,
  ],
  [
    "by a constructor between two others",
    `${CLIENT} class Full extends Base { constructor(...a) { super(...a); } }
     class Far extends Full { constructor({ base, ...rest } = {}) { super({ base: base ?? "https://given.dev", ...rest }); } }
     new Far().go();`,
  ],
])("all arguments handed on as they are, %s", (_what, text) => {
  const urls = findIn(text).requests.flatMap((request) => request.urls.map(printTemplate));
  expect(urls).toContain("https://given.dev/x");
});

test("a function that a member keeps under another name is called by that name", () => {
  const { requests } = findIn(`
    const shim = {};
    const ask = async (...a) => globalThis.fetch(...a);
    shim.fetch = ask;
    class Http {
      constructor(given) { this._ask = given ?? shim.fetch; }
      send(url) { return this._ask(url, { method: "POST" }); }
    }
    new Http().send("https://kept.dev/x");`);
  expect(requests.flatMap(({ urls }) => urls.map(printTemplate))).toEqual(["https://kept.dev/x"]);
});
