import type { Piece, Scalar, Text, Value } from "./value.ts";

/** Texts by their pieces, scalars by value, closures by what they close over. */
export function sameValue(a: Value, b: Value): boolean {
  if (a === b) return true;
  if (a.t !== b.t) return false;
  if (a.t === "scalar") return a.v === (b as Scalar).v;
  if (a.t === "text") return sameParts(a.parts, (b as Text).parts);
  return subjectOf(a) === subjectOf(b as typeof a) && sameClosure(a, b);
}

function sameParts(a: readonly Piece[], b: readonly Piece[]): boolean {
  return a.length === b.length && a.every((p, i) => samePiece(p, b[i]!));
}

function samePiece(a: Piece, b: Piece): boolean {
  if (typeof a === "string" || typeof b === "string") return a === b;
  return a.kind === b.kind && a.name === b.name && a.origin?.f === b.origin?.f && a.origin?.i === b.origin?.i;
}

/** What a closure is a closure of. */
export function subjectOf(v: Exclude<Value, Text | Scalar>): object {
  switch (v.t) {
    case "object":
    case "array":
      return v.node ?? v;
    case "function":
      return v.f;
    case "class":
      return v.c;
    case "instance":
      return v.of.t === "class" ? v.of.c : v.of.f;
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
  if (a.t !== b.t) return false;
  if (a.t === "module" || a.t === "exports") return true;
  if (!("overlays" in a && "overlays" in b) || a.overlays.length !== b.overlays.length) return false;
  if (a.t === "instance" && b.t === "instance") return a.args === b.args;
  return "env" in a && "env" in b && a.env === b.env;
}
