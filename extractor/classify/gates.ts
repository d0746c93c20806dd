import { grouped } from "../model/group.ts";
import type { Gate, GateKind } from "../model/report.ts";
import type { HoleNames } from "./hole-names.ts";
import { compareText } from "./order.ts";

const keyOf = ({ kind, name, effect }: Gate) => `${kind} ${name} ${effect}`;

/**
 * Gates of something that several places do: what silences or enables it has to do so at each of them, what redirects one of
 * them redirects it.
 */
export function sharedGates(places: readonly (readonly Gate[])[]): Gate[] {
  const byKey = grouped(
    places.flatMap((gates, place) => gates.map(({ kind, name, effect }) => ({ gate: { kind, name, effect }, place }))),
    ({ gate }) => keyOf(gate),
  );
  return [...byKey]
    .filter(
      ([, same]) =>
        same[0]!.gate.effect === "redirects" || new Set(same.map(({ place }) => place)).size === places.length,
    )
    .sort(([a], [b]) => compareText(a, b))
    .map(([, same]) => same[0]!.gate);
}

/** Everything that is a gate of any of the places, once. */
export const allGates = (places: readonly (readonly Gate[])[]): Gate[] => sharedGates([places.flat()]);

const SWITCH_KINDS: ReadonlySet<string> = new Set<GateKind>(["env", "config", "flag"]);

/** Switches that say which host a request goes to: holes of its printed URLs in front of the path. */
export function redirections(urls: readonly string[], names: HoleNames): Gate[] {
  return urls.flatMap((url) => {
    const [host] = /^([a-z][a-z0-9+.-]*:\/\/)?[^/?#]*/i.exec(url)!;
    return [...host.matchAll(/\{([^{}]*)\}/g)].flatMap(([, printed]) => {
      const hole = names.get(printed!);
      if (!hole || !SWITCH_KINDS.has(hole.kind) || hole.name === "") return [];
      return [{ kind: hole.kind as GateKind, name: hole.name, effect: "redirects" as const }];
    });
  });
}
