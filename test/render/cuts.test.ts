import { expect, it } from "vitest";
import type { ReportedCut } from "../../extractor/model/report.ts";
import { cutLines, cutSummary } from "../../extractor/render/cut-words.ts";
import { renderMarkdown } from "../../extractor/render/markdown.ts";
import { renderText } from "../../extractor/render/text.ts";
import { at, endpoint, report } from "./report-fixture.ts";

const cuts: ReportedCut[] = [
  {
    cut: { "cut-contexts": 2 },
    callers: { name: "callApi", known: 190, followed: 4, evidence: at(40) },
    endpoints: ["a1a1a1a1"],
    evidence: at(41, 10),
  },
  {
    cut: { "cut-contexts": 1 },
    callers: { name: "", known: 1200, followed: 1150, evidence: at(70) },
    endpoints: [],
    evidence: at(71, 10),
  },
  { cut: { "cut-fuel": 1, "cut-alternatives": 3 }, endpoints: [], evidence: at(90, 5) },
];
const cutReport = report({
  endpoints: [endpoint({ id: "a1a1a1a1", url: "https://api.acme.example/v1/{path}" })],
  diagnostics: [{ kind: "cut-contexts", count: 3, detail: "a call with many callers" }],
  cuts,
});

it("a cut says which function's calls were not followed, and what was found there", () => {
  expect(cutLines(cutReport).map(({ words }) => words)).toEqual([
    "4 of 190 calls of `callApi` followed",
    "1,150 of 1,200 calls of the function at cli.js:70 followed",
    "values cut: many alternatives, long computations",
  ]);
  expect(cutLines(cutReport)[0]!.endpoints).toEqual(["POST https://api.acme.example/v1/{path}"]);
});

it("calls of one function make one line", () => {
  const twice = report({ cuts: [cuts[0]!, { ...cuts[0]!, evidence: at(44) }] });
  expect(cutLines(twice)).toHaveLength(1);
});

it("the first screen names the worst and counts the others", () => {
  expect(cutSummary(cutReport)).toBe("4 of 190 calls of `callApi` followed, and not all of 1 other function");
  expect(cutSummary(report({ cuts: [cuts[2]!] }))).toBeNull();
});

it("text and Markdown print them", () => {
  const rendering = { color: false, columns: 100, all: false, version: "1.0.0" };
  for (const text of [renderText(cutReport, rendering), renderMarkdown(cutReport, rendering)])
    expect(text).toMatch(
      /4 of 190 calls of .*callApi.* followed[\s\S]*POST https:\/\/api\.acme\.example\/v1\/\{path\}/,
    );
});
