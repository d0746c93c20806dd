import type { StringConfidence, StringLayer } from "../../model/binary-string.ts";
import type { TextReference } from "./code-facts.ts";
import type { Literals } from "./literals.ts";
import type { PointedText } from "./pointers.ts";

export interface MeasuredLiteral extends PointedText {
  layer: Extract<StringLayer, "reference" | "terminated">;
  confidence: StringConfidence;
}

/**
 * The string at a position whose address code takes. Its length is the number that goes with it, best where a string
 * is known to begin or end there; else all up to the next known beginning. Null where no such length gives text.
 */
export function measureReference(at: number, reference: TextReference, literals: Literals): MeasuredLiteral | null {
  const next = literals.nextBoundary(at);
  const isText = (length: number) => literals.text(at, length) !== null;
  const take = (length: number, confidence: StringConfidence): MeasuredLiteral => ({
    at,
    length,
    confidence,
    layer: "reference",
  });
  const { paired, near } = reference;
  // `format_args!` without arguments passes twice the length plus one, so odd numbers are tried halved after all
  // others.
  const halves = paired.filter((n) => n % 2 === 1).map((n) => n >> 1);
  for (const numbers of [paired, halves]) {
    const known =
      numbers.find((n) => at + n === next && isText(n)) ??
      numbers.find((n) => literals.isBoundary(at + n) && isText(n));
    if (known !== undefined) return take(known, "exact");
  }
  const terminated = terminatedLength(at, literals);
  if (terminated !== null) return { ...take(terminated, "exact"), layer: "terminated" };
  const inside = paired.find((n) => at + n < next && isText(n));
  if (inside !== undefined) return take(inside, "exact");
  const beyond = paired.find(isText);
  if (beyond !== undefined) return take(beyond, "partial");
  const atNext = near.find((n) => at + n === next) ?? near.find((n) => n % 2 === 1 && at + (n >> 1) === next);
  if (atNext !== undefined && isText(next - at)) return take(next - at, "exact");
  // A third of these are right: the next string that is known may not be the next one.
  return isText(next - at) ? take(next - at, "low") : null;
}

/** Linked-in C code has its strings between zeros; Rust's and Go's stand without. */
function terminatedLength(at: number, literals: Literals): number | null {
  if (at > 0 && literals.bytes[at - 1] !== 0) return null;
  const length = literals.bytes.indexOf(0, at) - at;
  return length > 0 && literals.text(at, length) !== null ? length : null;
}
