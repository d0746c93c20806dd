import { readFile } from "node:fs/promises";
import { Ajv2020 } from "ajv/dist/2020.js";
import { marked } from "marked";
import type { Log } from "sarif";
import { describe, expect, test } from "vitest";
import type { Check } from "../../extractor/model/check.ts";
import { type CheckFormatName, checkFormats } from "../../extractor/render/check/formats.ts";
import { check, exchange } from "../compare/check.ts";
import { endpoint, event, report } from "../compare/report.ts";

const schema = JSON.parse(await readFile(new URL("../../reports/schema/check.schema.json", import.meta.url), "utf8"));
const validate = new Ajv2020({ strict: true, strictTypes: false }).compile(schema);

const quiet = endpoint("POST", "https://t.example.com/track", {
  channel: "product-analytics",
  gates: [{ kind: "env", name: "NO_TELEMETRY", effect: "silences" }],
});
const known = report([endpoint("POST", "https://api.example.com/v1/messages", { channel: "model-api" }), quiet], {
  events: [event("opened", ["a"])],
});
const requests = [
  exchange("POST", "https://api.example.com/v1/messages?beta=true", {
    json: { event: "opened", properties: { a: 1, b: 2 }, device_id: "0b1c2d3e-1111-4222-8333-444455556666" },
  }),
  exchange("POST", "https://t.example.com/track", {
    time: 1_767_225_600_000,
    json: { event: "hidden", deviceId: "0b1c2d3e-1111-4222-8333-444455556666" },
  }),
  exchange("POST", "https://api.example.com/v1/upload"),
  exchange("GET", "https://formulae.example.net/x", { agent: "Homebrew/5.1.5 (Macintosh)" }),
];
const environment = new Map([["NO_TELEMETRY", "1"]]);
const ordinary = check(known, requests, {
  environment,
  explainUnpredicted: true,
  baseline: check(known, requests.slice(0, 1)),
});

/** The same, with that text wherever a package or a capture could have put one. */
function hostile(text: string): Check {
  const evil = endpoint("POST", `https://api.example.com/v1/${text}`, {
    channel: text,
    gates: [{ kind: "env", name: text, effect: "silences" }],
  });
  const result = check(
    report([evil], { package: { ...known.package, name: text, version: text }, events: [event(text)] }),
    [exchange("POST", `https://api.example.com/other/${text.replaceAll("/", "")}`, { agent: text })],
    { explainUnpredicted: true },
  );
  return {
    ...result,
    captures: [{ file: text, format: "har", records: 1, complete: false }],
    diagnostics: [{ kind: "capture-damaged", count: 1, detail: text }],
  };
}

const names = Object.keys(checkFormats) as CheckFormatName[];
const render = (name: CheckFormatName, result: Check, color = false) =>
  checkFormats[name].render(result, { color, columns: 80, all: false });

const doubtful = check(
  report([quiet], { diagnostics: [{ kind: "time-spent", count: 1, detail: "events were not looked for to the end" }] }),
  requests,
);

describe.each([
  ["an ordinary check", ordinary],
  ["a check of a report that was cut short", doubtful],
  ["an empty check", check(report([]), [])],
  ["a hostile check", hostile("\x1b[31m<b>|`x`\u202e\n{0}[a](b)")],
])("%s", (_what, result) => {
  test("fits its schema", () => {
    expect(validate(JSON.parse(render("json", result))), JSON.stringify(validate.errors)).toBe(true);
  });

  test.each(names)("%s has nothing that acts on a terminal, and ends with a newline", (name) => {
    const text = render(name, result);
    expect(text).not.toMatch(/[\x00-\x09\x0b-\x1f\x7f\u202e]/);
    expect(text.endsWith("\n")).toBe(true);
    expect(render(name, result)).toBe(text);
  });
});

test("the text puts first what nobody predicted, and says all the rest", () => {
  const text = render("text", ordinary);
  expect(text.indexOf("unpredicted  1 distinct")).toBeLessThan(text.indexOf("predicted  2 distinct"));
  for (const part of [
    "1 of the tool's 3 distinct requests unpredicted (33.3 %)",
    "  api.example.com\n    POST /v1/messages?beta",
    "channels",
    "POST   https://api.example.com/v1/upload",
    "near https://api.example.com/v1/messages",
    "disagreements",
    "NO_TELEMETRY",
    "bystander",
    "hidden",
    "opened has also  b",
    "same value   deviceId, device_id",
    "since the baseline",
  ]) {
    expect(text).toContain(part);
  }
});

test.each(names)("%s says that the report was cut short, and by what", (name) => {
  const said = /report.?cut.?short|report was cut short/i;
  expect(render(name, doubtful)).toMatch(said);
  expect(render(name, doubtful).replace(/\s+/g, " ")).toContain("events were not looked for to the end");
  expect(render(name, ordinary)).not.toMatch(said);
});

test("Markdown is tables whose cells nothing inside can end, and no markup of others", () => {
  const html = marked.parse(render("markdown", hostile("a|b`c\n<img>[x](javascript:y)")), { async: false });
  expect(html).not.toMatch(/<img|<a /);
  for (const table of html.split("<table>").slice(1)) {
    const cells = [...table.matchAll(/<tr>(.*?)<\/tr>/gs)].map(([, row]) => row!.match(/<t[hd]/g)!.length);
    expect(new Set(cells).size).toBe(1);
  }
});

test("SARIF: unpredicted requests are errors, events and gates warnings, damage is a failed run", () => {
  const [run] = (JSON.parse(render("sarif", ordinary)) as Log).runs;
  expect(run!.results!.map(({ ruleId, level }) => `${level} ${ruleId}`)).toEqual([
    "error unpredicted",
    "warning unpredicted-event",
    "warning gate-disagreement",
  ]);
  expect(run!.invocations![0]!.executionSuccessful).toBe(true);
  const [damaged] = (JSON.parse(render("sarif", hostile("x"))) as Log).runs;
  expect(damaged!.invocations![0]!.executionSuccessful).toBe(false);
});
