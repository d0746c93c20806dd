import type { OpenHole, Value, Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { elementsOf } from "../../evaluate/objects/array.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import type { Func } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";

/** A parameter, or a member of one. */
export interface ParameterPlace {
  func: Func;
  index: number;
  member: string | null;
}

export const sameParameter = (a: ParameterPlace, b: ParameterPlace): boolean =>
  a.func === b.func && a.index === b.index && a.member === b.member;

/**
 * What a place of a parameter's member is given: of a list, its items, for the parameter may have been gone through.
 */
export function memberOfEach(ev: Evaluator, given: Values, member: string): Values {
  const objects = given.flatMap((v): Values => (v.kind === "array" ? elementsOf(ev, [v], false) : [v]));
  return memberOf(
    ev,
    objects.filter((v) => v.kind !== "scalar"),
    member,
  );
}

/** `{name, ...metadata}`: parameters that an object spreads, or a copy of one. */
export function spreadParameters(ev: Evaluator, v: Value, copies = 0): ParameterPlace[] {
  if (v.kind !== "object" || copies > FIND_BOUNDS.spreadCopies) return [];
  return (v.node?.members ?? []).flatMap((m) =>
    m.kind === "spread"
      ? ev.evaluate(m.value, v.env).flatMap((x) => parameterPlace(x) ?? spreadParameters(ev, x, copies + 1))
      : [],
  );
}

/** The parameter that a value is, or is a member of. */
export function parameterPlace(v: Value): ParameterPlace | null {
  if (v.kind !== "text" || v.parts.length !== 1) return null;
  const [piece] = v.parts;
  if (typeof piece !== "object") return null;
  const { origin, name, of } = piece as OpenHole;
  // what a function is called on is none of its parameters
  if (!origin || origin.index < 0 || of) return null;
  const own = origin.func.paramVariables[origin.index]?.name ?? `argument${origin.index}`;
  return { ...origin, member: name === own ? null : name };
}
