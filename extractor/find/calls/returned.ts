import { canonical } from "../../ir/program.ts";
import type { Func, Variable } from "../../ir/unit.ts";

/** Does a function return another, as it is written or in one of these variables? */
export const isReturned = (f: Func, by: Func, holders: ReadonlySet<Variable>): boolean =>
  by.returns.some(({ expression: e }) =>
    e.kind === "function" ? e.func === f : e.kind === "ref" && holders.has(canonical(e.variable)),
  );
