import type { Call, Expr } from "../../ir/expression.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { EnvironmentObjects } from "./environment-reads.ts";
import {
  before,
  type Requirements,
  type Switch,
  type ValueConstraint,
  wished,
  wishedPresence,
} from "./requirements.ts";
import { only } from "./transfer-functions.ts";

/** A text that no description names. */
const OTHER = "~other";

/**
 * What has to hold for a member of the environment to have a wished value once a library has checked it. Null: the
 * call is told no environment, or its description names no such variable.
 *
 * ```js
 * const env = z.object({ OFF: z.coerce.boolean().default(false) }).parse(process.env);
 * const env = cleanEnv(process.env, { OFF: bool({ default: false }) });
 * ```
 */
export function ofCheckedEnvironment(
  call: Call,
  path: readonly string[],
  wish: ValueConstraint,
  environments: EnvironmentObjects,
): { needs: Requirements } | null {
  if (!call.arguments.some((e) => environments.may(e))) return null;
  const name = path.at(-1)!;
  const described = descriptionOf(call, name, FIND_BOUNDS.conditionDepth);
  if (described === null) return null;
  const read: Switch = { kind: "env", name };
  const unset = defaultOf(described, FIND_BOUNDS.conditionDepth);
  const isText = wish.words.some((word) => wish.accepts(word) !== wish.accepts(OTHER));
  // which texts a library takes for `true` is its own affair
  if (!isText) return { needs: wishedPresence(read, wish.accepts(unset)) };
  return {
    needs: wished(
      read,
      before(wish, `?? ${unset}`, (v) => v ?? unset),
    ),
  };
}

/** What is said of a variable, in an object that the call is given or that its own object is made of. */
function descriptionOf(e: Expr, name: string, depth: number): Expr | null {
  const shown = depth > 0 ? only(e) : null;
  if (shown === null) return null;
  if (shown.kind === "object") for (const m of shown.members) if (m.kind === "value" && m.key === name) return m.value;
  if (shown.kind !== "call") return null;
  const inside = shown.callee.kind === "member" ? [shown.callee.object, ...shown.arguments] : shown.arguments;
  for (const part of inside) {
    const found = descriptionOf(part, name, depth - 1);
    if (found !== null) return found;
  }
  return null;
}

/** `.default(false)`, `{ default: false }`: what stands for a variable that is not set. */
function defaultOf(e: Expr, depth: number): unknown {
  const shown = depth > 0 ? only(e) : null;
  if (shown?.kind !== "call") return undefined;
  for (const given of shown.arguments)
    if (given.kind === "object")
      for (const m of given.members)
        if (m.kind === "value" && m.key === "default" && m.value.kind === "literal") return m.value.value;
  if (shown.callee.kind !== "member") return undefined;
  const [first] = shown.arguments;
  if (shown.callee.property === "default" && first?.kind === "literal") return first.value;
  return defaultOf(shown.callee.object, depth - 1);
}
