import { expect, test } from "vitest";
import { string } from "../../../extractor/evaluate/domain/value.ts";
import type { CallingContext } from "../../../extractor/evaluate/engine/calling-context.ts";
import { Evaluator } from "../../../extractor/evaluate/engine/evaluator.ts";
import { RUNTIME } from "../../../extractor/evaluate/natives/runtime.ts";
import type { Expr } from "../../../extractor/ir/expression.ts";
import type { Func } from "../../../extractor/ir/unit.ts";
import { DiagnosticLog } from "../../../extractor/model/diagnostic.ts";
import { programOf } from "../../find/find-in.ts";

const none = { brands: [], makes: () => undefined, isMade: () => false, responds: () => false, flagRead: () => null };

/** `heavy` is worked through for each call of `join`, which is asked about under each caller of `send`. */
const CODE = `
function heavy(name) {
  ${Array.from({ length: 60 }, (_, i) => `const v${i + 1} = ${i === 0 ? "name" : `v${i}`} + ".";`).join("\n")}
  return v60;
}
function join(name, path) { return "https://" + heavy(name) + "dev/" + path; }
function send(path) { return join("a", path); }
class Client { constructor(name) { this.name = name; } url(path) { return "https://" + heavy(this.name) + "dev/" + path; } }
function ask(path) { return new Client("b").url(path); }
`;

const program = programOf(CODE);
const functions = program.units.flatMap((unit) => unit.functions);

function returned(name: string): { of: Func; expression: Expr } {
  const of = functions.find((f) => f.name === name)!;
  return { of, expression: of.returns[0]!.expression };
}

/** Steps that each of three callers takes, and what they find. */
function underCallers(name: string): { steps: number[]; texts: unknown[] } {
  const ev = new Evaluator({ program, log: new DiagnosticLog(), ...none }, RUNTIME);
  const { of, expression } = returned(name);
  const steps: number[] = [];
  const texts: unknown[] = [];
  for (const path of ["x", "y", "z"]) {
    const context: CallingContext = {
      frames: new Map([[of, { args: [{ values: [string(path)] }], self: null }]]),
      receivers: false,
    };
    const before = ev.steps;
    texts.push(...ev.ask(context, (ev) => ev.evaluate(expression, null)));
    steps.push(ev.steps - before);
  }
  return { steps, texts };
}

test.each(["send", "ask"])("what a call inside of %s computes without its caller is computed once", (name) => {
  const { steps, texts } = underCallers(name);
  const host = `${name === "send" ? "a" : "b"}${".".repeat(60)}`;
  expect(texts).toEqual(["x", "y", "z"].map((path) => string(`https://${host}dev/${path}`)));
  expect(steps[0]).toBeGreaterThan(100);
  expect(steps[1]).toBeLessThan(steps[0]! / 4);
  expect(steps[2]).toBe(steps[1]);
});
