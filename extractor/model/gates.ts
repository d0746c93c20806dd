import { grouped } from "./group.ts";
import type { Gate } from "./report.ts";

/** What a gate does, to be said before what it does it to: `silences`, `silences some ways to`. */
export const effectOf = ({ effect, ways }: Pick<Gate, "effect" | "ways">): string =>
  ways === undefined ? effect : `${effect} some ways to`;

/** The same where nothing follows: `silences`, `silences some ways to it`. */
export const effectAlone = (gate: Pick<Gate, "effect" | "ways">): string =>
  gate.ways === undefined ? gate.effect : `${effectOf(gate)} it`;

/** A gate in one line: `env NAME silences`. */
export const gateText = (gate: Pick<Gate, "kind" | "name" | "effect" | "ways">): string =>
  `${gate.kind} ${gate.name} ${effectAlone(gate)}`;

/** So many switches on single ways, and they say nothing of the whole. */
const PARTIAL = 12;

/**
 * Gates of something that several places do, sorted: what is in the way of each of them is in the way of all, what is in the way
 * of others stops some ways. What redirects one of them redirects it.
 */
export function sharedGates(places: readonly (readonly Gate[])[]): Gate[] {
  const byKey = grouped(
    places.flatMap((gates, place) => gates.map((gate) => ({ gate, place }))),
    ({ gate: { kind, name, effect } }) => `${kind} ${name} ${effect}`,
  );
  const shared = [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, same]): Gate => {
      const { kind, name, effect } = same[0]!.gate;
      const everywhere = new Set(same.flatMap(({ gate, place }) => (gate.ways ? [] : [place]))).size === places.length;
      return { kind, name, effect, ...(everywhere || effect === "redirects" ? {} : { ways: "some" }) };
    });
  return shared.filter(({ ways }) => ways).length > PARTIAL ? shared.filter(({ ways }) => !ways) : shared;
}

/** Everything that is a gate of any of the places, once: what is in the way of all ways at one of them is so at all. */
export function allGates(places: readonly (readonly Gate[])[]): Gate[] {
  const whole = sharedGates([places.flat().filter(({ ways }) => !ways)]);
  const known = new Set(whole.map(({ kind, name }) => `${kind} ${name}`));
  const rest = places.flat().filter(({ kind, name, ways }) => ways && !known.has(`${kind} ${name}`));
  return sharedGates([[...whole, ...rest]]);
}
