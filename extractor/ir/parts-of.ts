import type { Expr } from "./expression.ts";

/** The expressions that one is made of. */
export function partsOf(e: Expr): Expr[] {
  switch (e.k) {
    case "concat":
      return e.parts;
    case "member":
      return [e.o];
    case "index":
      return [e.o, e.i];
    case "call":
      return [e.f, ...e.a];
    case "object":
      return e.members.flatMap((m) => (m.k === "getter" ? [] : m.k === "computed" ? [m.key, m.e] : [m.e]));
    case "array":
      return e.items;
    case "choice":
    case "compare":
      return [e.l, e.r];
    case "conditional":
      return [e.test, e.yes, e.no];
    case "default":
      return [e.e, e.d];
    case "spread":
    case "not":
    case "await":
    case "rest":
    case "element":
      return [e.e];
    case "module":
      return [e.specifier];
    default:
      return [];
  }
}
