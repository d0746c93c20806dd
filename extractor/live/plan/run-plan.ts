import type { ErrorCode } from "../../errors.ts";
import type { LiveMode, LiveRun } from "../../model/live-run.ts";
import type { Answer, TerminalStep } from "../../model/signatures/live-signature.ts";
import type { Envelope } from "../../model/signatures/signature.ts";
import type { AllowedPlaces } from "../server/allowed-places.ts";
import type { SealPart, SealPlan } from "./seal-plan.ts";

/** All that a run needs to know, as data: it crosses a process boundary. */
export interface RunPlan {
  mode: LiveMode;
  /** Program and arguments; `{package}` stands for the folder of the package, `{node}` for the runtime. */
  command: string[];
  /** Where the package is installed, or null: it is shown to the program read-only. */
  packageFolder: string | null;
  /** The runtime's program, absolute. */
  node: string;
  /** On top of the usual variables. */
  environment: Record<string, string>;
  /** Files below the home folder. */
  files: Record<string, string>;
  terminal: TerminalStep[] | null;
  /** Null: until it ends by itself. */
  timeoutSeconds: number | null;
  answers: Answer[];
  /** Value of each remote flag to serve. */
  flags: [name: string, value: unknown][];
  /** In proxy mode: an empty folder for home and trust store. */
  folder?: string;
  /** Parts of the seal to do without. */
  sealWithout: readonly SealPart[];
  /** In a sealed run: the seal around it. */
  seal?: SealPlan;
  /** Where the run is a person's own, and its requests go to the real servers; else null. */
  own: OwnPlace | null;
  /** Null: every host answers. */
  allowed: AllowedPlaces | null;
  /** What is said of the run from the beginning. */
  notes: string[];
}

/** What a person's own program finds around it. */
export interface OwnPlace {
  environment: Record<string, string>;
  home: string;
  /** The current folder. */
  project: string;
  /** How names of events are known from what else is in a body. */
  envelopes: readonly Envelope[];
}

/** What the inner part says to the outer one, a JSON document on a line. */
export type InnerMessage =
  | { type: "started" }
  /** Leader of the program's process group, where no namespace holds it. */
  | { type: "program"; pid: number }
  | { type: "progress"; requests: number; detail: string }
  | { type: "done"; run: LiveRun }
  | { type: "failed"; message: string; code?: ErrorCode; hint?: string };
