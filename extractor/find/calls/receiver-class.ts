import type { Call } from "../../ir/expression.ts";
import { type ClassDef, classOf } from "../../ir/unit.ts";
import type { ContextChain } from "./context-queue.ts";

/**
 * The class whose method the chain's innermost `this` is surely an object of; null where the chain doesn't say.
 *
 * `class Users extends Base { list() { return this.call("/users") } }`: under this caller, `this` in `call` is a
 * `Users`.
 */
export function receiverClass({ path }: Pick<ContextChain, "path">): ClassDef | null {
  let found: ClassDef | null = null;
  for (const call of path) {
    const next = classOfOwnCall(call);
    if (next === null) break;
    found = next;
  }
  return found;
}

/** The class of the method that makes a call on its own `this`. */
function classOfOwnCall({ callee }: Call): ClassDef | null {
  if (callee.kind !== "member" || callee.object.kind !== "this") return null;
  const f = callee.object.func;
  return f === null || f.static ? null : classOf(f);
}
