import type { Answer, TerminalStep } from "../model/live-signature.ts";

/** All that a run needs to know, as data: it crosses a process boundary. */
export interface RunPlan {
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
  timeoutSeconds: number;
  answers: Answer[];
  /** Value of each remote flag to serve. */
  flags: [name: string, value: unknown][];
}

/** What the inner part says to the outer one, a JSON document on a line. */
export type InnerMessage =
  | { type: "started" }
  | { type: "progress"; requests: number; detail: string }
  | { type: "done"; run: import("../model/live-run.ts").LiveRun }
  | { type: "failed"; message: string; hint?: string };
