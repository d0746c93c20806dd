import type { OpenHole, Piece, ScalarValue, TextValue, Value } from "./value.ts";

/** Texts by their pieces, scalars by value, closures by what they close over. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  if (a.kind === "scalar") return a.value === (b as ScalarValue).value;
  if (a.kind === "text") return sameParts(a.parts, (b as TextValue).parts);
  return subjectOf(a) === subjectOf(b as typeof a) && sameClosure(a, b);
}

function sameParts(a: readonly Piece[], b: readonly Piece[]): boolean {
  return a.length === b.length && a.every((p, i) => samePiece(p, b[i]!));
}

function samePiece(a: Piece, b: Piece): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  return a.kind === b.kind && a.name === b.name && sameOrigin(a, b) && a.holds === b.holds;
}

/** Of two holes: whether the same parameter fills them, or none. */
export const sameOrigin = (a: OpenHole, b: OpenHole): boolean =>
  a.origin?.func === b.origin?.func && a.origin?.index === b.origin?.index;

/** What a closure is a closure of. */
export function subjectOf(v: Exclude<Value, TextValue | ScalarValue>): object {
  switch (v.kind) {
    case "object":
    case "array":
      return v.node ?? v;
    case "function":
      return v.func;
    case "class":
      return v.classDef;
    case "instance":
      return v.of.kind === "class" ? v.of.classDef : v.of.func;
    case "module":
      return v.file;
    case "exports":
      return v.module.factory;
    default:
      return v;
  }
}

/** Of one subject: whether they close over the same. */
export function sameClosure(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.kind !== b.kind) return false;
  if (a.kind === "module" || a.kind === "exports") return true;
  if (!("writers" in a && "writers" in b) || a.writers.length !== b.writers.length) return false;
  if (a.kind === "instance" && b.kind === "instance") return a.args === b.args;
  return "env" in a && "env" in b && a.env === b.env;
}
