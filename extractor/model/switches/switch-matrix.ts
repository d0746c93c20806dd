import type { Gate } from "../report.ts";

export const SWITCH_MATRIX_SCHEMA_VERSION = 1;

export type SwitchVerdict =
  | "silenced" // as predicted
  | "enabled" // as predicted
  | "not-silenced" // predicted, and it came all the same
  | "silenced-unpredicted" // nobody said so
  | "appeared" // only with the switch, and nobody said so
  | "way-silenced" // predicted to stop some ways to it, and what such a run uses was one of them
  | "way-left" // predicted to stop some ways to it, and it came by another
  | "ended" // not used, and the program ended otherwise than by default: that says little, predicted or not
  | "unsteady"; // runs alike differ in it

/** Verdicts that prediction and observation disagree in. */
export const DISAGREEMENTS: ReadonlySet<SwitchVerdict> = new Set(["not-silenced", "silenced-unpredicted", "appeared"]);

export interface TriedSwitch {
  name: string;
  value: string;
}

/** One run: which predicted endpoints it used. */
export interface SwitchTrial {
  /** Null: the default. */
  switch: TriedSwitch | null;
  /** By endpoint id: number of requests. */
  fired: ReadonlyMap<string, number>;
  /** How the program ended, to compare: code or signal. */
  ending: string;
}

/** Predicted x observed, for each switch that was tried. */
export interface SwitchMatrix {
  schemaVersion: typeof SWITCH_MATRIX_SCHEMA_VERSION;
  package: { name: string; version: string };
  tool: string | null;
  /** What the default runs used. */
  defaults: { runs: number; endpoints: SwitchEndpoint[] };
  switches: TriedSwitchRow[];
  /** Predicted switches that decide about nothing the default runs used: such runs can't tell. */
  notObservable: { name: string; endpoints: number }[];
  /** Left for another time. */
  remaining: string[];
}

export interface SwitchEndpoint {
  id: string;
  method: string;
  url: string;
  /** False where only some of the default runs used it. */
  steady: boolean;
}

export interface SwitchCell {
  id: string;
  method: string;
  url: string;
  predicted: Gate["effect"] | null;
  verdict: SwitchVerdict;
  /** Of a disagreement: why, where that is known. */
  because?: string;
}

/** True for a cell that nobody can explain. */
export const isOpen = ({ verdict, because }: SwitchCell): boolean =>
  DISAGREEMENTS.has(verdict) && because === undefined;

export interface TriedSwitchRow extends TriedSwitch {
  /** Named in the tool's documentation. */
  documented: boolean;
  runs: number;
  /** Where the program ended otherwise than by default, silence says little. */
  endedDifferently: string | null;
  cells: SwitchCell[];
  /** Endpoints used with and without it, as predicted. */
  untouched: number;
}
