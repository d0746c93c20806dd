import type { Values } from "../../evaluate/domain/value.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { type CallSite, withArguments } from "./call-site.ts";

/** `list.map(f)` gives f what the list holds; `map.forEach(f)` gives it a value, then the key. */
export function collectionCallback(call: Call, collection: Expr, values: Values): CallSite {
  const isMap = values.length > 0 && values.every((v) => v.kind === "native" && v.path === "Map");
  const held = (of: Expr): { expression: Expr; env: null } => ({
    expression: { kind: "element", argument: of, keys: false },
    env: null,
  });
  if (!isMap) return withArguments(call, [held(collection)]);
  const asked = (property: string): Call => ({
    ...call,
    callee: { kind: "member", object: collection, property, at: call.at },
    arguments: [],
  });
  return withArguments(call, [held(asked("values")), held(asked("keys"))]);
}
