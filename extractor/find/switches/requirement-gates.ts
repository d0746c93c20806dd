import type { Gate, GateEffect, GateSetting } from "../../model/report.ts";
import type { Requirement, Requirements, SwitchLiteral } from "./requirements.ts";
import { whenOf } from "./value-set.ts";

/** What has to hold for some code to run, as the report prints it: a gate for each switch, sorted. */
export function gatesOf(needs: Requirements): Gate[] {
  const gates = new Map<string, Gate>();
  // what holds by itself says more than what holds with others, and that more than what holds on some ways
  for (const n of [...(needs?.values() ?? [])].sort((a, b) => rankOf(a) - rankOf(b))) {
    const own = n.or === undefined ? [gateOf(n, n.partly !== undefined)] : gatesTogether(n);
    const keys = own.map(({ kind, name, effect }) => `${kind} ${name} ${effect}`);
    if (keys.some((key) => gates.has(key))) continue;
    for (const [i, gate] of own.entries()) gates.set(keys[i]!, gate);
  }
  return [...gates.values()].sort((a, b) => (`${a.kind} ${a.name}` < `${b.kind} ${b.name}` ? -1 : 1));
}

/** What has to be set besides is more to ask than what must not be. */
function rankOf({ runs, partly, or: others }: Requirement): number {
  if (others === undefined) return partly === undefined ? 0 : 100;
  const stopping = [runs, ...others.map((one) => one.runs)].filter((one) => one.unset).length;
  return others.length + (stopping > 1 ? 10 * stopping : 0);
}

const effectOf = ({ runs }: SwitchLiteral): GateEffect => (runs.unset ? "silences" : "enables");

function gateOf(n: SwitchLiteral, isPartial: boolean): Gate {
  const effect = effectOf(n);
  const when = whenOf(n.runs, effect);
  return {
    kind: n.kind,
    name: n.name,
    effect,
    ...(isPartial ? { ways: "some" } : {}),
    ...(when === undefined ? {} : { when }),
  };
}

/**
 * Of switches of which one must let the code run, those that stop it; where none is set to stop it, those that start
 * it.
 */
function gatesTogether({ or: others = [], ...first }: Requirement): Gate[] {
  const literals = [first, ...others];
  const stopping = literals.filter((one) => one.runs.unset);
  const heads = stopping.length > 0 ? stopping : literals;
  return heads.map((head) => {
    const setting = (one: SwitchLiteral): GateSetting => {
      const when = whenOf(one.runs, effectOf(one));
      return { kind: one.kind, name: one.name, ...(when === undefined ? {} : { when }) };
    };
    const unless = literals.filter((one) => one !== head && !one.runs.unset).map(setting);
    const together = stopping.filter((one) => one !== head).map(setting);
    return {
      ...gateOf(head, true),
      ...(unless.length > 0 ? { unless } : {}),
      ...(together.length > 0 ? { together } : {}),
    };
  });
}
