import type { BaselineComparison, Check } from "../../model/check.ts";

/** It fired before: a switch that the report doesn't have, or another course of the run. */
const UNEXPLAINED = "no gate of the report explains it";

/** What changed on the wire since an earlier check. */
export function compareWithBaseline(now: Check, before: Check): BaselineComparison {
  const firedBefore = new Set(before.fired);
  const firedNow = new Set(now.fired);
  const dormant = new Map(now.dormant.map((row) => [row.id, row]));
  const eventsBefore = new Set(before.events.seen.map(({ name }) => name));
  const silenced = new Map(
    now.events.silenced.flatMap(({ names, gate, reason }) => names.map((name) => [name, { gate, reason }] as const)),
  );
  const eventsNow = new Set(now.events.seen.map(({ name }) => name));
  const unpredictedBefore = new Set(unpredictedOf(before));
  return {
    newlyFiring: now.fired.filter((id) => !firedBefore.has(id)),
    noLongerFiring: before.fired
      .filter((id) => !firedNow.has(id))
      .map((id) => {
        const row = dormant.get(id);
        if (row === undefined) return { id, reason: "no longer in the report" };
        return row.gate === undefined ? { id, reason: UNEXPLAINED } : { id, gate: row.gate, reason: row.reason };
      }),
    newUnpredicted: unpredictedOf(now).filter((request) => !unpredictedBefore.has(request)),
    newEvents: [...eventsNow].filter((name) => !eventsBefore.has(name)).sort(),
    goneEvents: [...eventsBefore]
      .filter((name) => !eventsNow.has(name))
      .sort()
      .map((name) => ({ name, ...(silenced.get(name) ?? { reason: UNEXPLAINED }) })),
  };
}

const unpredictedOf = ({ observed }: Check): string[] =>
  [
    ...new Set(
      observed.filter(({ verdict }) => verdict === "unpredicted").map(({ method, url }) => `${method} ${url}`),
    ),
  ].sort();
