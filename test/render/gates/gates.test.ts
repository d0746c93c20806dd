import { expect, test } from "vitest";
import { remaining } from "../../../extractor/compare/check/remaining.ts";
import { renderGatesJson } from "../../../extractor/render/gates/json.ts";
import { renderGatesMarkdown } from "../../../extractor/render/gates/markdown.ts";
import { gateMatrix } from "../../../extractor/render/gates/matrix.ts";
import { renderGatesText } from "../../../extractor/render/gates/text.ts";
import { endpoint, event, report } from "../report-fixture.ts";

const off = { kind: "env", name: "ACME_OFF", effect: "silences" } as const;
const on = { kind: "flag", name: "acme_beta", effect: "enables" } as const;
const logs = endpoint({ id: "11111111", url: "https://logs.acme.example/v1", method: "POST", gates: [off] });
const beta = endpoint({ id: "22222222", url: "https://beta.acme.example/v1", gates: [on] });
const main = endpoint({ id: "33333333", url: "https://api.acme.example/v1\u001b[31m" });
const whole = report({
  endpoints: [logs, beta, main],
  events: [event("acme_start", { gates: [off], pipelines: [logs.id] }), event("acme_stop", { pipelines: [logs.id] })],
});

test("text: switches first, what none silences last, nothing that acts on a terminal", () => {
  const text = renderGatesText(gateMatrix(whole));
  expect(text).toContain(
    "ACME_OFF  (environment)\n  silences 1 endpoint and 1 event\n    POST https://logs.acme.example/v1",
  );
  expect(text).toMatch(/no switch silences 1 endpoint\n {2}\S+ https:\/\/api\.acme\.example/);
  expect(text).not.toContain("\u001b");
});

test("json: ids and effects", () => {
  const { switches, ungated } = JSON.parse(renderGatesJson(gateMatrix(whole)));
  expect(switches.map((s: { name: string }) => s.name)).toEqual(["ACME_OFF", "acme_beta"]);
  expect(switches[0].endpoints).toMatchObject([{ id: logs.id, effect: "silences" }]);
  expect(ungated).toMatchObject([{ id: main.id }]);
});

test("markdown: a table of endpoints by switches", () => {
  expect(renderGatesMarkdown(gateMatrix(whole))).toContain("| endpoint | `ACME_OFF` | `acme_beta` |");
});

test("what is left where the switch is set, and where it is set to off", () => {
  const left = remaining(whole, { env: new Map([["ACME_OFF", "1"]]) });
  expect(left.endpoints).toEqual([beta, main]);
  expect(left.events).toEqual([]);
  expect(remaining(whole, { env: new Map([["ACME_OFF", "0"]]) }).endpoints).toHaveLength(3);
});
