import { CommanderError } from "commander";
import { ExtractorError } from "../../errors.ts";
import { visible } from "../../render/terminal.ts";
import type { Session } from "./session.ts";

/** Better advice than a pointer to the help, by commander's codes. */
const HINTS: Record<string, string> = {
  "commander.excessArguments": "one package per run, and a verb stands first; extract --help lists the verbs",
};

export const PROGRAM = "extract";
const DEBUG_NAME = "endpoint-extractor";

/** What to print about whatever ended a run. Help and version end a run as well, with code 0 and nothing to add. */
export interface Failure {
  exitCode: 0 | 2;
  /** Without newlines; the message first, then at most one hint. */
  lines: string[];
}

export function failureOf(error: unknown, environment: Session["environment"]): Failure {
  if (error instanceof CommanderError) return usageFailure(error);
  if (error instanceof ExtractorError) return { exitCode: 2, lines: said(error.message, error.hint) };
  return defect(error, environment);
}

function usageFailure(error: CommanderError): Failure {
  if (error.exitCode === 0) return { exitCode: 0, lines: [] };
  // the help stands above, with the words there are
  if (error.code === "commander.help") return { exitCode: 2, lines: said("which one is meant?", "see Commands above") };
  const [, message = "", suggestion] = /^(?:error: )?([^\n]*)\n?(?:\((.*)\))?/s.exec(error.message) ?? [];
  const hint = suggestion ?? HINTS[error.code] ?? `${PROGRAM} --help shows verbs, options and examples`;
  return { exitCode: 2, lines: said(message, hint.charAt(0).toLowerCase() + hint.slice(1)) };
}

function said(message: string, hint: string | undefined): string[] {
  return [`${PROGRAM}: ${visible(message)}`, ...(hint === undefined ? [] : [`hint: ${visible(hint)}`])];
}

/** Anything else is our own mistake: say so in one line, and keep the stack for those who ask for it. */
function defect(error: unknown, environment: Session["environment"]): Failure {
  const message = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  const debugging = (environment.DEBUG ?? "").split(/[\s,]+/).includes(DEBUG_NAME);
  const stack = debugging && error instanceof Error ? (error.stack ?? "").split("\n").map(visible) : [];
  const hint = debugging
    ? "please report it with the lines below"
    : `please report it with the output of DEBUG=${DEBUG_NAME} ${PROGRAM} …`;
  return { exitCode: 2, lines: [...said(`unexpected defect: ${message}`, hint), ...stack] };
}
