import type { Call, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";

/**
 * `const req = request(…); req.setHeader(name, value); req.on("error", f).end(body)`: calls of such methods on what a
 * call yields.
 */
export function callsOnResult(call: Call, methods: readonly string[]): Call[] {
  return (call.within ?? call.unit).calls.filter(
    ({ callee: f }) => f.kind === "member" && methods.includes(f.property) && yields(f.object, call),
  );
}

/** Is it what the call yields, or what methods of that hand on? */
function yields(e: Expr, call: Call): boolean {
  if (e === call) return true;
  if (e.kind === "ref") return canonical(e.variable).definitions.some((d) => d.expression === call);
  return e.kind === "call" && e.callee.kind === "member" && yields(e.callee.object, call);
}
