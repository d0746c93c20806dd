import type { Endpoint, Gate, Report } from "../model/report.ts";
import type { KnownDisagreement } from "../model/signatures/live-signature.ts";
import { takesEffect } from "../model/switches/gates.ts";
import {
  DISAGREEMENTS,
  SWITCH_MATRIX_SCHEMA_VERSION,
  type SwitchCell,
  type SwitchEndpoint,
  type SwitchMatrix,
  type SwitchTrial,
  type SwitchVerdict,
  type TriedSwitch,
  type TriedSwitchRow,
} from "../model/switches/switch-matrix.ts";

/** How often, of the runs alike, an endpoint was used. */
type Use = "always" | "sometimes" | "never";

/**
 * Environment switches of a report that could show in runs which use these endpoints, and how many endpoints the
 * others decide about.
 */
export function observableSwitches(
  report: Report,
  used: ReadonlySet<string>,
): { names: string[]; others: Map<string, number> } {
  const counts = new Map<string, { seen: number; all: number }>();
  for (const { id, gates } of report.endpoints) {
    for (const { kind, name, effect } of gates) {
      if (kind !== "env" || effect === "redirects") continue;
      const row = counts.get(name) ?? { seen: 0, all: 0 };
      row.all++;
      if (used.has(id) || effect === "enables") row.seen++;
      counts.set(name, row);
    }
  }
  const names = [...counts].filter(([, { seen }]) => seen > 0).map(([name]) => name);
  const others = [...counts].filter(([, { seen }]) => seen === 0).map(([name, { all }]) => [name, all] as const);
  return { names: names.sort(), others: new Map(others.sort(([a], [b]) => (a < b ? -1 : 1))) };
}

/** Holds what a report says of switches against runs with and without them. Several runs alike tell what is chance. */
export function switchMatrix(
  report: Report,
  trials: readonly SwitchTrial[],
  about: {
    documented: ReadonlySet<string>;
    notObservable: ReadonlyMap<string, number>;
    remaining: readonly string[];
    known: readonly KnownDisagreement[];
  },
): SwitchMatrix {
  const defaults = trials.filter((trial) => trial.switch === null);
  const endings = new Set(defaults.map(({ ending }) => ending));
  const tried = new Map<string, { switch: TriedSwitch; trials: SwitchTrial[] }>();
  for (const trial of trials) {
    if (trial.switch === null) continue;
    const key = `${trial.switch.name}=${trial.switch.value}`;
    const row = tried.get(key) ?? { switch: trial.switch, trials: [] };
    row.trials.push(trial);
    tried.set(key, row);
  }
  return {
    schemaVersion: SWITCH_MATRIX_SCHEMA_VERSION,
    package: { name: report.package.name, version: report.package.version },
    tool: report.tool,
    defaults: {
      runs: defaults.length,
      endpoints: report.endpoints.flatMap((endpoint): SwitchEndpoint[] => {
        const use = useOf(endpoint.id, defaults);
        return use === "never" ? [] : [{ ...nameOf(endpoint), steady: use === "always" }];
      }),
    },
    switches: [...tried.values()].map((one): TriedSwitchRow => {
      const ended = one.trials.map(({ ending }) => ending).find((ending) => !endings.has(ending));
      const judged = report.endpoints
        .map((endpoint) => judge(endpoint, one.switch, defaults, one.trials))
        .map((cell) => (ended === undefined ? cell : besideItsEnd(cell)));
      return {
        ...one.switch,
        documented: about.documented.has(one.switch.name),
        runs: one.trials.length,
        endedDifferently: ended ?? null,
        cells: judged.flatMap((cell) =>
          cell === null || cell === "untouched" ? [] : [explained(cell, one.switch.name, about.known)],
        ),
        untouched: judged.filter((cell) => cell === "untouched").length,
      };
    }),
    notObservable: [...about.notObservable].map(([name, endpoints]) => ({ name, endpoints })),
    remaining: [...about.remaining],
  };
}

/** Null where the endpoint has no part in it. */
function judge(
  endpoint: Endpoint,
  { name, value }: TriedSwitch,
  defaults: readonly SwitchTrial[],
  trials: readonly SwitchTrial[],
): SwitchCell | "untouched" | null {
  const [before, after] = [useOf(endpoint.id, defaults), useOf(endpoint.id, trials)];
  if (before === "never" && after === "never") return null;
  // with another value the code's own test lets everything be
  const gate = endpoint.gates.find(
    (one) => one.kind === "env" && one.name === name && one.effect !== "redirects" && takesEffect(one, value),
  );
  const verdict = verdictOf(before, after, gate);
  if (verdict === null) return "untouched";
  return { ...nameOf(endpoint), predicted: gate?.effect ?? null, verdict };
}

const SILENCES: ReadonlySet<SwitchVerdict> = new Set(["silenced", "silenced-unpredicted", "way-silenced"]);

/** A program that failed, or hung, leaves out what it would have sent: its silence proves no prediction either. */
function besideItsEnd(cell: ReturnType<typeof judge>): ReturnType<typeof judge> {
  if (cell === null || cell === "untouched" || !SILENCES.has(cell.verdict)) return cell;
  return { ...cell, verdict: "ended" };
}

function explained(cell: SwitchCell, name: string, known: readonly KnownDisagreement[]): SwitchCell {
  if (!DISAGREEMENTS.has(cell.verdict)) return cell;
  const found = known.find((one) => one.switch === name && one.endpoint === `${cell.method} ${cell.url}`);
  return found === undefined ? cell : { ...cell, because: found.because };
}

function verdictOf(before: Use, after: Use, gate: Gate | undefined): SwitchVerdict | null {
  if (gate?.ways === "some") return partVerdictOf(before, after, gate);
  if (gate?.effect === "silences" && after === "never") return before === "never" ? null : "silenced";
  if (before === "sometimes" || after === "sometimes") return "unsteady";
  if (gate?.effect === "silences") return "not-silenced";
  if (before === "always" && after === "never") return "silenced-unpredicted";
  if (before === "never") return gate?.effect === "enables" ? "enabled" : "appeared";
  return null;
}

function partVerdictOf(before: Use, after: Use, { effect }: Gate): SwitchVerdict | null {
  if (before === "never") return effect === "enables" ? "enabled" : "appeared";
  if (before === "sometimes" || after === "sometimes") return "unsteady";
  if (effect === "enables") return after === "never" ? "silenced-unpredicted" : null;
  return after === "never" ? "way-silenced" : "way-left";
}

function useOf(id: string, trials: readonly SwitchTrial[]): Use {
  const times = trials.filter(({ fired }) => fired.has(id)).length;
  return times === 0 ? "never" : times === trials.length ? "always" : "sometimes";
}

const nameOf = ({ id, method, url }: Endpoint) => ({ id, method, url });
