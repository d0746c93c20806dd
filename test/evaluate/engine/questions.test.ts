import { expect, test } from "vitest";
import { type Questions, questionsOf } from "../../../extractor/evaluate/engine/questions.ts";
import type { Expr } from "../../../extractor/ir/expression.ts";
import { DiagnosticLog } from "../../../extractor/model/diagnostic.ts";
import { programOf } from "../../find/find-in.ts";

const none = { brands: [], makes: () => undefined, isMade: () => false, responds: () => false, flagRead: () => null };
const questions: Questions = questionsOf({ program: programOf(""), log: new DiagnosticLog(), ...none });
const one: Expr = { kind: "literal", value: "one", at: 0 };

test("a question is handed the evaluator", () => {
  expect(questions.ask(null, (ev) => ev.evaluate(one, null))).toEqual([{ kind: "text", parts: ["one"] }]);
});

test("outside of a question nothing is evaluated: that is no part of the type", () => {
  // @ts-expect-error only a question is handed what evaluates
  expect(questions.evaluate).toBeTypeOf("function");
});
