import type { Gate } from "../model/report.ts";
import { groupBy } from "./group.ts";
import { compareText } from "./order.ts";

const keyOf = ({ kind, name, effect }: Gate) => `${kind} ${name} ${effect}`;

/**
 * Gates of something that several places do: what silences or enables it has to do so at each of them, what redirects one of
 * them redirects it.
 */
export function sharedGates(places: readonly (readonly Gate[])[]): Gate[] {
  const byKey = groupBy(
    places.flatMap((gates, place) => gates.map(({ kind, name, effect }) => ({ gate: { kind, name, effect }, place }))),
    ({ gate }) => keyOf(gate),
  );
  return [...byKey]
    .filter(([, same]) => same[0]!.gate.effect === "redirects" || new Set(same.map(({ place }) => place)).size === places.length)
    .sort(([a], [b]) => compareText(a, b))
    .map(([, same]) => same[0]!.gate);
}

/** Everything that is a gate of any of the places, once. */
export const allGates = (places: readonly (readonly Gate[])[]): Gate[] => sharedGates([places.flat()]);
