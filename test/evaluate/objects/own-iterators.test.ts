import { expect, test } from "vitest";
import { find } from "../../../extractor/find/find.ts";
import { DiagnosticLog } from "../../../extractor/model/diagnostic.ts";
import { printTemplate } from "../../../extractor/model/template.ts";
import { loadSignatures } from "../../../extractor/signatures/load.ts";
import { programOf } from "../../find/find-in.ts";

const { sinks } = await loadSignatures();

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
  const locate = () => ({ line: 1, column: 0 });
  const { findings } = find({
    program: programOf(code, log),
    tables: sinks,
    envelopes: [],
    locate,
    isKey: () => false,
    log,
  });
  expect(findings.requests.map((request) => printTemplate(request.urls[0]!)).sort()).toEqual(urls);
  expect(log.list().filter(({ kind }) => kind !== "sink-unresolved")).toEqual([]);
});
