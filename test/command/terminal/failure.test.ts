import { expect, test } from "vitest";
import { failureOf } from "../../../extractor/command/terminal/failure.ts";
import { ExtractorError } from "../../../extractor/errors.ts";

test("an error the person can act on: message and hint", () => {
  const error = new ExtractorError("not-found", "no package a\x1b[31m", { hint: "check\nthe name" });
  expect(failureOf(error, {})).toEqual({
    exitCode: 2,
    lines: ["extract: no package a\\u{1b}[31m", "hint: check\\u{a}the name"],
  });
});

test("without a hint there is no hint line", () => {
  expect(failureOf(new ExtractorError("usage", "no"), {}).lines).toEqual(["extract: no"]);
});

test("a defect: one line and how to report it, the stack only for those who ask", () => {
  const error = new TypeError("x is not a function");
  expect(failureOf(error, {})).toEqual({
    exitCode: 2,
    lines: [
      "extract: unexpected defect: TypeError: x is not a function",
      expect.stringContaining("DEBUG=endpoint-extractor"),
    ],
  });
  expect(failureOf(error, { DEBUG: "other" }).lines).toHaveLength(2);
  expect(failureOf(error, { DEBUG: "other,endpoint-extractor" }).lines.join("\n")).toContain("failure.test.ts");
});

test("whatever is thrown", () => {
  expect(failureOf("a string", {}).lines[0]).toBe("extract: unexpected defect: a string");
});
