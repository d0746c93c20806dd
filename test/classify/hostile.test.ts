import { expect, test } from "vitest";
import { literal, report, request } from "./findings.ts";

const many = 200_000;
const urls: [string, string][] = [
  ["slashes", `https://tool.dev${"/".repeat(many)}x`],
  ["segments", `https://tool.dev/${"a/".repeat(many)}`],
  ["labels", `https://${"a.".repeat(many)}dev/b`],
  ["words of a rule", `https://tool.dev/${"mcp-".repeat(many)}`],
  ["query members", `https://tool.dev/?${"a&".repeat(many)}`],
  ["braces", `https://tool.dev/${"{".repeat(many)}`],
  ["placeholders", `https://tool.dev/${"{a}".repeat(many)}`],
];

test.each(urls)("time stays in proportion to the size: %s", { timeout: 20_000 }, (_, url) => {
  const found = report({
    requests: [{ ...request("x"), urls: [[url]] }],
    urls: [literal(url, { context: { kind: "comment" } })],
  });
  expect(found.endpoints.length + found.diagnostics.length).toBe(1);
});

test("names from the package are data, whatever they are", () => {
  const name = "__proto__";
  const found = report({
    requests: [request(`https://tool.dev/a/{env:${name}}`)],
    environment: [{ name, evidence: { file: name, line: 1, column: 1 } }],
  });
  expect(found.environment).toMatchObject([{ name, influences: [found.endpoints[0]!.id] }]);
});
