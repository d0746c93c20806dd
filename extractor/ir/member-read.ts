import type { Expr } from "./expression.ts";
import { canonical } from "./program.ts";

/** `o.name`, also where a variable holds it: `const { threads } = client`. */
export function memberRead(e: Expr): { object: Expr; property: string } | null {
  if (e.kind === "member") return e;
  const read =
    e.kind === "ref"
      ? canonical(e.variable)
          .definitions.map((d) => d.expression)
          .find((d) => d.kind === "member")
      : undefined;
  return read?.kind === "member" ? read : null;
}
