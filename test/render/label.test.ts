import { marked } from "marked";
import { describe, expect, test } from "vitest";
import type { Gate, Report } from "../../extractor/model/report.ts";
import { renderLabel } from "../../extractor/render/label.ts";
import { endpoint, event, hostile, report } from "./report-fixture.ts";

/** Rows of the label by their first cell. */
function rowsOf(source: Report): Record<string, string> {
  const rows = renderLabel(source).match(/^\| \*\*.*$/gm) ?? [];
  return Object.fromEntries(rows.map((row) => /^\| \*\*(.+?)\*\* \| (.*) \|$/.exec(row)!.slice(1) as [string, string]));
}

const off: Gate = { kind: "env", name: "ACME_QUIET", effect: "silences", when: { values: ["true"] } };

test("what is collected, who gets it, how to stop it, what stays", () => {
  const rows = rowsOf(
    report({
      endpoints: [
        endpoint({
          url: "https://api.acme.example/v1",
          channel: "model-api",
          ifBlocked: { effect: "breaks", reason: "x" },
        }),
        endpoint({ url: "https://t.example/a", channel: "product-analytics", dataClasses: ["identity"], gates: [off] }),
        endpoint({ url: "https://t.example/b", channel: "third-party-logs", dataClasses: ["content"] }),
        endpoint({ url: "{COLLECTOR}/v1/traces", channel: "opentelemetry", gates: [{ ...off, ways: "some" }] }),
      ],
      events: [event("started", { gates: [off] }), event("ended")],
    }),
  );
  expect(rows).toMatchObject({
    Collects: "content, identity, 2 telemetry events",
    "Telemetry goes to":
      "`t.example` (product-analytics, third-party-logs), 1 endpoint on a host that settings or a server name",
    "Works with": "`api.acme.example` (model-api)",
    "Opt out": "`ACME_QUIET=true` stops 1 of 3 endpoints and 1 of 2 events",
    "No switch stops": "2 of 3 telemetry endpoints",
    "Baked-in keys": "none",
  });
});

test("without telemetry it says so", () => {
  expect(rowsOf(report())).toMatchObject({
    Collects: "no telemetry found",
    "Telemetry goes to": "nothing",
    "Opt out": "not needed",
    "No switch stops": "nothing",
  });
});

describe.each([["a hostile report", hostile("x\n| ** `y` <b> @me https://evil.example [a](b)")]])(
  "%s",
  (_what, source) => {
    test("is one table and a screen long", () => {
      const text = renderLabel(source);
      expect(text.split("\n").length).toBeLessThan(24);
      const tokens = marked.lexer(text).filter(({ type }) => type !== "space");
      expect(tokens.map(({ type }) => type)).toEqual(["heading", "table", "paragraph"]);
      expect(marked.parse(text)).not.toMatch(/<b>|evil\.example"/);
    });
  },
);
