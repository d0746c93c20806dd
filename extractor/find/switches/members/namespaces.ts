import type { Expr, Param } from "../../../ir/expression.ts";
import type { Program } from "../../../ir/program.ts";
import type { Func } from "../../../ir/unit.ts";

/** `((F) => {…})(Flags || (Flags = {}))`: what F is; null where it is not written so. */
export function namespaceOf({ invoked }: Program, { func: f, index, rest }: Param): Expr | null {
  const given = rest ? undefined : invoked.get(f)?.arguments[index];
  if (given?.kind === "ref") return given;
  const isMadeHere =
    given?.kind === "choice" &&
    given.operator === "||" &&
    given.right.kind === "object" &&
    given.right.members.length === 0;
  return isMadeHere && given.left.kind === "ref" ? given.left : null;
}

/** Is it the function itself, or one that is called where it is written, whatever happens? */
export function runsWith({ invoked }: Program, f: Func | null, owner: Func | null): boolean {
  let at = f;
  while (at !== owner && at !== null) {
    const call = invoked.get(at);
    if (call === undefined || call.guard !== null) return false;
    at = call.within;
  }
  return at === owner;
}
