import { mkdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import type { RunPlan } from "../live/plan/run-plan.ts";
import type { LiveRun } from "../model/live-run.ts";
import type { Report } from "../model/report.ts";
import type { KnownDisagreement } from "../model/signatures/live-signature.ts";
import type { Signatures } from "../model/signatures/signature.ts";
import {
  DISAGREEMENTS,
  type SwitchMatrix,
  type SwitchTrial,
  type TriedSwitch,
} from "../model/switches/switch-matrix.ts";
import { exampleOf } from "../model/switches/when.ts";
import { observe } from "../observe.ts";
import { runLive } from "./options/live-options.ts";
import type { ProgressLine } from "./terminal/progress.ts";

export interface SwitchRunOptions {
  report: Report;
  signatures: Signatures;
  plan: RunPlan;
  /** Where the HAR files of the runs are kept; those of an earlier, interrupted call are taken from there. */
  folder: string;
  /** Only these, in this order; one may be tried with several values. Null for all that could show. */
  chosen: readonly (readonly [name: string, value: string])[] | null;
  documented: Readonly<Record<string, string>>;
  /** Explanations of disagreements. */
  known: readonly KnownDisagreement[];
  /** No new run is begun after this many minutes. */
  minutes: number;
  progress: ProgressLine;
}

/** What a switch is set to where neither documentation nor code say with what it acts. */
const ON = "1";
/** Runs alike, to tell chance from effect. */
const DEFAULT_RUNS = 2;
/** A disagreement is believed when it comes twice. */
const REPEATS = 2;

/** Runs the plan as it is and once per switch, and holds what came against what was predicted. */
export async function runSwitches(options: SwitchRunOptions): Promise<SwitchMatrix> {
  const { report, plan, documented, progress } = options;
  const { observableSwitches, switchMatrix } = await import("../compare/switch-matrix.ts");
  const end = Date.now() + 60_000 * options.minutes;
  await mkdir(options.folder, { recursive: true });
  const trials: SwitchTrial[] = [];
  let total = DEFAULT_RUNS;
  const attempt = async (one: TriedSwitch | null, number: number) => {
    const name = `${one === null ? "default" : fileNameOf(one, options.chosen)}-${number}`;
    const detail = one === null ? "default" : `${one.name}=${one.value}`;
    const environment = { ...plan.environment, ...(one === null ? {} : { [one.name]: one.value }) };
    progress.update({ stage: "runs", done: trials.length, total, detail });
    const trial = await trialOf({ ...plan, environment }, join(options.folder, `${name}.har`), one, options);
    trials.push(trial);
  };
  for (let number = 1; number <= DEFAULT_RUNS; number++) await attempt(null, number);
  const used = new Set(trials.flatMap(({ fired }) => [...fired.keys()]));
  const { names, others } = observableSwitches(report, used);
  const wanted: TriedSwitch[] = options.chosen
    ? options.chosen.map(([name, value]) => ({ name, value }))
    : [...new Set([...Object.keys(documented), ...names])].map((name) => ({
        name,
        value: documented[name] ?? actingValue(report, name),
      }));
  total += wanted.length;
  const about = { documented: new Set(Object.keys(documented)), notObservable: others, known: options.known };
  const remaining: string[] = [];
  for (const one of wanted) {
    if (Date.now() > end) {
      remaining.push(one.name);
      continue;
    }
    await attempt(one, 1);
    const row = switchMatrix(report, trials, { ...about, remaining }).switches.at(-1);
    if (row?.cells.some(({ verdict }) => DISAGREEMENTS.has(verdict)))
      for (let number = 2; number <= REPEATS; number++) await attempt(one, number);
  }
  progress.clear();
  return switchMatrix(report, trials, { ...about, remaining });
}

/** Of a switch that is tried with several values, the later ones have a number. */
function fileNameOf({ name, value }: TriedSwitch, chosen: SwitchRunOptions["chosen"]): string {
  const values = [...new Set(chosen?.filter(([other]) => other === name).map(([, one]) => one))];
  const at = values.indexOf(value);
  return `${name.replace(/[^\w.-]/g, "_")}${at > 0 ? `.${at + 1}` : ""}`;
}

/** A value with which a predicted switch has its effect. */
function actingValue(report: Report, name: string): string {
  const gates = report.endpoints.flatMap((endpoint) => endpoint.gates.filter((gate) => gate.name === name));
  const values = gates.flatMap(({ kind, when }) => (kind === "env" && when !== undefined ? [exampleOf(when)] : []));
  return values.find((value) => value !== null) ?? ON;
}

async function trialOf(
  plan: RunPlan,
  har: string,
  one: TriedSwitch | null,
  { report, signatures }: SwitchRunOptions,
): Promise<SwitchTrial> {
  const run = (await finishedRun(har, plan)) ?? (await runLive(plan, har, () => undefined));
  const { code, signal, timedOut } = run.exit;
  return {
    switch: one,
    // a capture without a request is an error elsewhere; here it is what the switch does
    fired: run.requests.length === 0 ? new Map() : await firedIn(har, plan, report, signatures),
    ending: timedOut ? "timed out" : (signal ?? `exit ${code}`),
  };
}

async function firedIn(
  har: string,
  { environment }: RunPlan,
  report: Report,
  signatures: Signatures,
): Promise<Map<string, number>> {
  const { CrossCheck } = await import("../compare/check/cross-check.ts");
  const check = new CrossCheck(report, signatures, {
    environment: new Map(Object.entries(environment)),
    explainUnpredicted: false,
    baseline: null,
  });
  const { firings } = await observe(check, [har]);
  return new Map(firings.map(({ id, count }) => [id, count]));
}

/** The run a file tells of, where it was made by this plan and came to its end. */
async function finishedRun(har: string, plan: RunPlan): Promise<LiveRun | null> {
  let run: LiveRun | undefined;
  try {
    run = (JSON.parse(await readFile(har, "utf8")) as { log: { _run?: LiveRun } }).log._run;
  } catch {
    return null;
  }
  if (run === undefined || run.exit.interrupted) return null;
  const { command, environment, mode } = run;
  const same = plan.command.every((word, i) => word.includes("{") || word === command[i]);
  return mode === plan.mode && same && JSON.stringify(environment) === JSON.stringify(plan.environment) ? run : null;
}
