import { grouped } from "../group.ts";
import type { Endpoint, Gate, GateEffect, GateSetting } from "../report.ts";
import { eitherWhen, hasEffect, isNever, sharedWhen, whenText } from "./when.ts";

/**
 * `silences`; `partly silences` where other code paths bypass the switch; `silences unless X=1` where it is known
 * which.
 */
export const effectOf = (gate: Pick<Gate, "effect" | "ways" | "unless" | "together">): string =>
  gate.unless === undefined && gate.together === undefined && gate.ways !== undefined
    ? `partly ${gate.effect}`
    : [gate.effect, ...conditionsOf(gate)].join(" ");

/** `silences it unless X=1`, `partly silences it`: said of an endpoint. */
export const effectOnIt = ({ effect, ways, ...others }: Omit<Gate, "kind" | "name">): string => {
  const conditions = conditionsOf({ effect, ...others });
  return conditions.length > 0
    ? `${effect} it ${conditions.join(" ")}`
    : `${effectOf({ effect, ...(ways && { ways }) })} it`;
};

/** `unless X=1`, `together with Y=1`: what else has to be so; `as does X=1` of what opens the same way. */
export function conditionsOf({
  effect,
  unless = [],
  together = [],
}: Pick<Gate, "effect" | "unless" | "together">): string[] {
  return [
    ...(together.length > 0 ? [`together with ${together.map(settingText).join(" and ")}`] : []),
    ...(unless.length > 0
      ? [`${effect === "enables" ? "as does" : "unless"} ${unless.map(settingText).join(" or ")}`]
      : []),
  ];
}

const settingText = ({ kind, name, when }: GateSetting): string =>
  `${kind === "env" ? "" : `${kind} `}${when === undefined ? name : whenText(name, when)}`;

/** A switch, with the values that have the effect where they are known: `NAME=<anything>`, `NAME=0|false`. */
export const switchText = ({ name, when, effect }: Pick<Gate, "name" | "when" | "effect">): string =>
  when === undefined || effect === "redirects" ? name : whenText(name, when);

/** A gate in one line: `env NAME silences`. */
export const gateText = (gate: Pick<Gate, "kind" | "name" | "effect" | "ways" | "unless" | "together">): string =>
  `${gate.kind} ${gate.name} ${effectOf(gate)}`;

const OFF = new Set(["", "0", "false", "no", "off", "null", "undefined"]);

export const isOn = (value: string | undefined): boolean => value !== undefined && !OFF.has(value.toLowerCase());

/**
 * Has a gate its effect with a value? Where the code does not tell which do, those that mean no to most programs do
 * not.
 */
export const takesEffect = ({ when }: Gate, value: string | undefined): boolean =>
  when === undefined ? isOn(value) : hasEffect(when, value);

/** Gates that act on every way, of kinds that a person can set. */
export const wholeGates = ({ gates }: Pick<Endpoint, "gates">, effect: GateEffect): Gate[] =>
  gates.filter((gate) => gate.effect === effect && gate.ways === undefined && gate.kind !== "flag");

/** An option of a command line, `--no-telemetry`: every shell takes it as it is. */
export const OPTION_NAME = /^--?[A-Za-z][\w-]*$/;

/** With more partial switches than this, none of them tells anything about the whole. */
const PARTIAL = 12;

/**
 * Gates of something that several places do, sorted. A switch that guards every place guards the whole; a switch that
 * guards some of them acts partly. What redirects one place redirects the whole.
 */
export function sharedGates(places: readonly (readonly Gate[])[]): Gate[] {
  const byKey = grouped(
    places.flatMap((gates, place) => gates.map((gate) => ({ gate, place }))),
    ({ gate: { kind, name, effect } }) => `${kind} ${name} ${effect}`,
  );
  const shared = [...byKey]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([, same]): Gate[] => {
      const { kind, name, effect } = same[0]!.gate;
      const whole = same.filter(({ gate }) => gate.ways === undefined);
      const when = sharedWhen(whole.map(({ gate }) => gate.when));
      const everywhere = new Set(whole.map(({ place }) => place)).size === places.length && !(when && isNever(when));
      if (everywhere || effect === "redirects") return [{ kind, name, effect, ...(when && { when }) }];
      // an option that acts on some ways alone chooses between modes of the program: `--print`
      if (kind === "option") return [];
      const some = eitherWhen(same.map(({ gate }) => gate.when));
      const told = same.filter(({ gate }) => gate.ways === undefined || isConditional(gate));
      const isTold = new Set(told.map(({ place }) => place)).size === places.length;
      // on some ways, and there under conditions: that says next to nothing
      if (!isTold && same.every(({ gate }) => isConditional(gate))) return [];
      const conditions = isTold ? ofBoth(told.map(({ gate }) => gate)) : {};
      return [{ kind, name, effect, ways: "some", ...conditions, ...(some && { when: some }) }];
    });
  const deciding = shared.filter((gate) => !gate.ways || !shared.some((other) => isOpposite(gate, other)));
  return deciding.filter(({ ways }) => ways).length > PARTIAL ? deciding.filter(({ ways }) => !ways) : deciding;
}

const isConditional = ({ unless, together }: Gate): boolean => unless !== undefined || together !== undefined;

/** The conditions of each: with all of them, what is said of each is so. */
function ofBoth(gates: readonly Gate[]): Pick<Gate, "unless" | "together"> {
  const each = (settings: readonly GateSetting[]) => [
    ...new Map(settings.map((one) => [JSON.stringify(one), one])).values(),
  ];
  const unless = each(gates.flatMap((gate) => gate.unless ?? []));
  const together = each(gates.flatMap((gate) => gate.together ?? []));
  return { ...(unless.length > 0 ? { unless } : {}), ...(together.length > 0 ? { together } : {}) };
}

/** What opens some ways and stops others chooses between them. */
const isOpposite = (a: Gate, b: Gate): boolean =>
  b.ways !== undefined && a.kind === b.kind && a.name === b.name && a.effect !== b.effect && b.effect !== "redirects";

/** Gates of any of the places, each once: a switch that guards one place wholly is listed as whole. */
export function allGates(places: readonly (readonly Gate[])[]): Gate[] {
  const whole = sharedGates([places.flat().filter(({ ways }) => !ways)]);
  const known = new Set(whole.map(({ kind, name }) => `${kind} ${name}`));
  const rest = places.flat().filter(({ kind, name, ways }) => ways && !known.has(`${kind} ${name}`));
  return sharedGates([[...whole, ...rest]]);
}
