import type { Expr, ObjectExpr } from "./expression.ts";

/** The expressions that one is made of. */
export function operandsOf(e: Expr): Expr[] {
  switch (e.kind) {
    case "concat":
      return e.parts;
    case "member":
      return [e.object];
    case "index":
      return [e.object, e.index];
    case "call":
      return [e.callee, ...e.arguments];
    case "object":
      return e.members.flatMap((m) =>
        m.kind === "getter" ? [] : m.kind === "computed" ? [m.key, m.value] : [m.value],
      );
    case "array":
      return e.items;
    case "choice":
    case "compare":
      return [e.left, e.right];
    case "conditional":
      return [e.test, e.consequent, e.alternate];
    case "default":
      return [e.expression, e.fallback];
    case "spread":
    case "not":
    case "unary":
    case "await":
    case "rest":
    case "element":
      return [e.argument];
    case "module":
      return [e.specifier];
    default:
      return [];
  }
}

/** What an object's literal gives a member: of two, the last counts. */
export function memberExpr({ members }: ObjectExpr, key: string): Expr | undefined {
  const found = members.findLast((m) => m.kind === "value" && m.key === key);
  return found?.kind === "value" ? found.value : undefined;
}
