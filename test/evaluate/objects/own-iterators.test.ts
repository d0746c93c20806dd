import { expect, test } from "vitest";
import { DiagnosticLog } from "../../../extractor/model/diagnostic.ts";
import { printTemplate } from "../../../extractor/model/template.ts";
import { findIn } from "../../find/find-in.ts";

test.each([
  ["itself", "[Symbol.iterator]() { return this; } next() { return { done: true }; }", []],
  ["another of its class", "[Symbol.iterator]() { return new Urls(this.all); }", []],
  [
    "what it holds",
    "*[Symbol.iterator]() { yield* this.all; }",
    ["https://a.example.dev/x", "https://b.example.dev/y"],
  ],
])("a collection whose iterator is %s is looked into as often as it has to be", (_, iterator, urls) => {
  const log = new DiagnosticLog();
  const code = `class Urls { constructor(all) { this.all = all; } ${iterator} }
    for (const url of new Urls(["https://a.example.dev/x"])) fetch(url);
    for (const url of new Urls(new Urls(["https://b.example.dev/y"]))) fetch(url);`;
  const { requests } = findIn(code, {}, log);
  expect(requests.map((request) => printTemplate(request.urls[0]!)).sort()).toEqual(urls);
  expect(log.list().filter(({ kind }) => kind !== "sink-unresolved")).toEqual([]);
});
