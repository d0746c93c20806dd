import type { Expr } from "./expression.ts";
import type { Program } from "./program.ts";
import type { Func, Variable } from "./unit.ts";

/**
 * Defines parameters as the `require` that runs their modules, with all that the bundler keeps on it. A late step of
 * linking: it must be done before anything is evaluated whose values are kept.
 */
export function bindRequires(program: Program, found: readonly { parameter: Variable; require: Func }[]): void {
  for (const { parameter, require } of found) {
    if (parameter.definitions.some((d) => d.expression.kind !== "param")) continue;
    const [holder] = program.holders.get(require) ?? [];
    const e: Expr = holder ? { kind: "ref", variable: holder } : { kind: "function", func: require, at: require.at };
    parameter.definitions = [{ expression: e, guard: null, loop: false, within: null }];
  }
}
