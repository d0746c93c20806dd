import type { Dormant } from "../../model/check.ts";
import type { Endpoint, Gate } from "../../model/report.ts";
import { takesEffect } from "../../model/switches/gates.ts";
import type { Environment } from "../match/predictions.ts";

/** Values of remote flags that answers of the capture named. */
export type Flags = ReadonlyMap<string, string>;

/**
 * Why an endpoint may not have fired: the gate that is known to hold it, or one that may, or nothing but the short
 * run.
 */
export function explainDormant(endpoint: Endpoint, environment: Environment, flags: Flags): Dormant {
  const { id, method, url, gates } = endpoint;
  const held = heldBy(gates, environment, flags);
  if (held !== null) return { id, method, url, ...held };
  const open = gates.find(
    (gate) => gate.effect === "enables" && !gate.ways && gate.kind !== "env" && !flags.has(gate.name),
  );
  return open === undefined
    ? { id, method, url, reason: "not exercised" }
    : { id, method, url, gate: open, reason: `not exercised, or off: the ${open.kind} ${open.name} decides` };
}

/**
 * A gate that is known to be closed, and why; null where none is. One that somebody closed says more than one nobody
 * opened.
 */
export function heldBy(
  gates: readonly Gate[],
  environment: Environment,
  flags: Flags,
): { gate: Gate; reason: string } | null {
  const closed = gates.flatMap((gate) => {
    const reason = holds(gate, environment, flags);
    return reason === null ? [] : [{ gate, reason }];
  });
  return closed.find(({ gate }) => gate.effect === "silences") ?? closed[0] ?? null;
}

/** Null where the gate doesn't hold the endpoint back, or its state isn't known. */
function holds(gate: Gate, environment: Environment, flags: Flags): string | null {
  if (gate.effect === "redirects" || gate.ways !== undefined) return null;
  if (gate.kind === "env") {
    if (environment === null) return null;
    const value = environment.get(gate.name);
    const has = takesEffect(gate, value);
    const set = value === undefined ? "is not set" : gate.when === undefined ? "is set" : "is set so";
    return has === (gate.effect === "silences") ? `${gate.name} ${set}` : null;
  }
  const value = flags.get(gate.name);
  if (gate.kind !== "flag" || value === undefined) return null;
  // a text is kept as "text" only: whether it is one of the test's is not known
  const on = value === "text" && gate.when?.any !== true ? true : takesEffect(gate, value);
  if (gate.effect === "silences") return on ? `the remote flag ${gate.name} is on` : null;
  return on ? null : `the remote flag ${gate.name} is off`;
}

/** A gate that should have silenced an endpoint that fired, or an event that was seen. */
export const contradicted = (gates: readonly Gate[], environment: Environment): Gate | null =>
  gates.find(
    (gate) =>
      gate.kind === "env" &&
      gate.effect === "silences" &&
      gate.ways === undefined &&
      takesEffect(gate, environment?.get(gate.name)),
  ) ?? null;
