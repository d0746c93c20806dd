import type { OpenHole, TextValue } from "../../evaluate/domain/value.ts";
import type { Frame } from "../../evaluate/engine/env.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Func } from "../../ir/unit.ts";

/**
 * `buffer.put(17, 8)`: whoever gives a number for an address, or for the path right behind a host, calls another
 * function of that name.
 */
export function isGivenNumber(ev: Evaluator, url: TextValue, f: Func, { args }: Frame): boolean {
  const open = unfilledPiece(url)?.origin;
  const given = open?.func === f ? args?.[open.index] : undefined;
  if (given === undefined || !("expression" in given)) return false;
  const values = ev.evaluate(given.expression, given.env);
  return values.length > 0 && values.every((v) => v.kind === "scalar" && typeof v.value === "number");
}

/** An address, or the path right behind a host, that nothing is known of: no news beside one that is known. */
export function unfilled(url: TextValue): boolean {
  const piece = unfilledPiece(url);
  return piece !== null && (piece.origin !== undefined || piece.kind === "unknown");
}

function unfilledPiece({ parts: [first, second] }: TextValue): OpenHole | null {
  const piece = typeof first === "string" && /^[a-z]+:\/\/[^/]+$/i.test(first) ? second : first;
  return typeof piece === "object" ? piece : null;
}
