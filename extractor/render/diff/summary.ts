import type { Change, Diff, DiffSide, EndpointChange } from "../../model/diff.ts";
import { count } from "../count.ts";
import { describeCredential } from "../facts.ts";

interface Delta {
  added: readonly unknown[];
  removed: readonly unknown[];
  changed?: readonly unknown[];
}

const NOUNS: [keyof Diff, string][] = [
  ["endpoints", "endpoint"],
  ["hosts", "host"],
  ["events", "event"],
  ["credentials", "credential"],
  ["environment", "environment variable"],
  ["gates", "switch"],
];

/** `2 endpoints added, 1 removed`; nothing for what stayed as it was. */
export function summary(diff: Diff): string[] {
  return NOUNS.flatMap(([part, noun]) => {
    const { added, removed, changed = [] } = diff[part] as Delta;
    const counts = [
      [added.length, "added"],
      [removed.length, "removed"],
      [changed.length, "changed"],
    ] as const;
    const [first, ...rest] = counts.filter(([n]) => n > 0);
    if (first === undefined) return [];
    return [[`${count(first[0], noun)} ${first[1]}`, ...rest.map(([n, verb]) => `${n} ${verb}`)].join(", ")];
  });
}

export const changesNothing = (diff: Diff): boolean => summary(diff).length === 0;

/** `acme 1.2.3 → 1.3.0`, or both names where they differ. */
export function titleOf({ from, to }: Diff): string {
  const whole = ({ name, version }: DiffSide) => `${name} ${version}`.trim();
  return from.name === to.name
    ? `${from.name} ${from.version} → ${to.version}`.trim()
    : `${whole(from)} → ${whole(to)}`;
}

/** Changes of an endpoint with keys as a reader knows them: by what they begin with, not by their hash. */
export function readableChanges(
  { changes }: EndpointChange,
  { credentials: { added, removed } }: Diff,
): Change<string>[] {
  const byHash = new Map([...removed, ...added].map((one) => [one.sha256, describeCredential(one)]));
  const readable = (sha256: string) => byHash.get(sha256) ?? `sha256 ${sha256.slice(0, 12)}`;
  return changes.map((change) =>
    change.aspect === "credentials"
      ? { ...change, removed: change.removed.map(readable), added: change.added.map(readable) }
      : change,
  );
}

/** Switches whose effect changed, as rows like those of events. */
export const changedSwitches = ({ gates }: Diff): { name: string; changes: Change<"effect">[] }[] =>
  gates.changed.map(({ kind, name, ...effects }) => ({
    name: `${kind} ${name}`,
    changes: [{ aspect: "effect", ...effects }],
  }));

/** A change that several rows share, told once: a new pipeline of a thousand events is one fact. */
export interface SharedChange<Aspect extends string> {
  change: Change<Aspect>;
  names: string[];
}

export function sharedChanges<Aspect extends string>(
  rows: readonly { name: string; changes: readonly Change<Aspect>[] }[],
): SharedChange<Aspect>[] {
  const byContent = new Map<string, SharedChange<Aspect>>();
  for (const { name, changes } of rows) {
    for (const change of changes) {
      const key = JSON.stringify([change.aspect, change.removed, change.added]);
      const known = byContent.get(key);
      if (known) known.names.push(name);
      else byContent.set(key, { change, names: [name] });
    }
  }
  return [...byContent.values()];
}
