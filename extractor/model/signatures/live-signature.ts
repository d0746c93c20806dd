/**
 * signatures/answers/<id>.yaml: what a service would say, so that a program in a sealed network gets on with its
 * work.
 */
export interface AnswerSet {
  id: string;
  evidence: string;
  answers: Answer[];
}

/**
 * Conditions (all that are given must hold) and one kind of body. The first that fits is taken; those with a host
 * before those without. Texts may hold placeholders (`live/placeholders.ts`).
 */
export interface Answer {
  method?: string | string[];
  /** Suffix, whole labels; `*` inside a label stands for any text. */
  host?: string | string[];
  /** As in a vendor's rule. */
  path?: string | string[];
  /** Regular expression on the request's body. */
  body?: string;
  /** 200 where nothing is said. */
  status?: number;
  headers?: Record<string, string>;
  json?: unknown;
  text?: string;
  /** An event stream. */
  events?: { event?: string; data: unknown }[];
  /** Remote flags: an entry for each flag served, under the member `at` of a document. */
  flags?: { at: string; each: unknown };
  /** Accept a websocket, and what to send for each message that comes; where left out, `status` refuses it. */
  websocket?: { replies: { match: string; send: unknown[] }[] };
}

/** How a tool is run to see what it sends; part of signatures/tools/<id>.yaml. */
export interface ToolRuns {
  /** Which program of the package; the only one, or the one called like the package, where left out. */
  program?: string;
  /** npm spec of the runtime; `{platform}` is `linux-x64` and the like. The Node that runs us where left out. */
  runtime?: string;
  /** Made-up credentials and whatever keeps it from asking questions. */
  environment?: Record<string, string>;
  /** Files below the home folder, by path; with placeholders. */
  files?: Record<string, string>;
  /** By name: `prompt`, `version`, `help`, `login`, `interactive`, … */
  scripts: Record<string, RunScript>;
  /** Releases whose prompt was answered. */
  tried?: string[];
  /** Documented switches: variable and value. */
  switches?: Record<string, string>;
  /** Where runs and reports are known to disagree, and why. */
  disagreements?: KnownDisagreement[];
}

export interface KnownDisagreement {
  switch: string;
  /** `METHOD URL` */
  endpoint: string;
  because: string;
}

export interface RunScript {
  arguments: string[];
  /** Seconds until it is ended. */
  timeout?: number;
  /** What is typed into a pseudo-terminal; without it, there is none. */
  terminal?: TerminalStep[];
}

export interface TerminalStep {
  /** Seconds without anything new on the screen before typing. */
  still: number;
  /** Typed as it stands; `\r` is Enter. */
  type: string;
}
