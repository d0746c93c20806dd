import { expect, test } from "vitest";
import type { UrlContext } from "../../extractor/model/finding.ts";
import { at, literal, report, request } from "./findings.ts";

const text = (before = ""): UrlContext => ({ kind: "text", length: 500, before });

test("one row per URL, classed by its most telling place", () => {
  const { references } = report({
    urls: [
      literal("https://tool.dev/x", { evidence: at(1) }),
      literal("https://tool.dev/x/", { context: { kind: "key", key: "homepage" }, evidence: at(2) }),
      literal("http://www.w3.org/2000/svg", { evidence: at(3) }),
    ],
  });
  expect(references).toEqual([
    { url: "http://www.w3.org/2000/svg", class: "namespace", evidence: [at(3)] },
    { url: "https://tool.dev/x", class: "documentation", evidence: [at(1), at(2)] },
  ]);
});

test("what is an endpoint, its base or a value of its holes is no reference", () => {
  const requests = [request(["https://api.tool.dev/v1/items/{id}", "{env:TOOL_URL}/v1/items/{id}"])];
  const listed = (url: string, context: UrlContext = { kind: "literal" }) =>
    report({ requests, urls: [literal(url, { context })] }).references.length;
  expect(listed("https://api.tool.dev")).toBe(0);
  expect(listed("https://API.tool.dev/")).toBe(0);
  expect(listed("https://api.tool.dev/v1")).toBe(0);
  expect(listed("https://api.tool.dev/v1/items/{}")).toBe(0);
  expect(listed("https://api.tool.dev/v1/items/7?full=1")).toBe(0);
  expect(listed("https://api.tool.dev/v2")).toBe(1);
  expect(listed("https://api.tool.device")).toBe(1);
  // a help text may name any of its values
  expect(listed("https://api.tool.dev/v1/items/7", text("for example "))).toBe(1);
});

test("a template without a host swallows nothing", () => {
  const { references } = report({ requests: [request("{base}/docs")], urls: [literal("https://tool.dev/docs")] });
  expect(references).toHaveLength(1);
});
