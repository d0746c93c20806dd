import type { ParserOptions } from "@babel/parser";
import type { File } from "@babel/types";
import { commonJs } from "../runtime/commonjs.ts";

const { parse: babelParse } = commonJs<typeof import("@babel/parser")>("@babel/parser");

export interface ParseProblem {
  message: string;
  /** Offset in the text that was parsed. */
  at: number;
  fatal: boolean;
  /** The parser's stack ran out: on another machine it might not. */
  isStack?: true;
}

const common = {
  allowReturnOutsideFunction: true,
  allowAwaitOutsideFunction: true,
  allowNewTargetOutsideFunction: true,
  allowSuperOutsideMethod: true,
  allowUndeclaredExports: true,
  allowImportExportEverywhere: true,
  attachComment: false,
  errorRecovery: true,
} satisfies ParserOptions;

/** Strict code first, since bundles are modules; sloppy code (`with`, octal literals) is read as a script. */
const attempts = [
  { ...common, sourceType: "module" },
  { ...common, sourceType: "script" },
] satisfies ParserOptions[];

/**
 * Parses a whole file or a run of its statements. Errors Babel can recover from are problems with `fatal: false`;
 * where it cannot, `file` is null.
 */
export function parse(text: string, path: string): { file: File | null; problems: ParseProblem[] } {
  const plugins = pluginsOf(path);
  let best: { file: File; problems: ParseProblem[] } | null = null;
  let fatal: ParseProblem | null = null;
  for (const options of attempts) {
    try {
      const file = babelParse(text, { ...options, plugins });
      const problems = (file.errors ?? []).map((e) => problemOf(e, false));
      if (problems.length === 0) return { file, problems };
      if (best === null || problems.length < best.problems.length) best = { file, problems };
    } catch (error) {
      fatal ??= problemOf(error, true);
    }
  }
  if (best !== null) return best;
  return { file: null, problems: fatal === null ? [] : [fatal] };
}

function pluginsOf(path: string): NonNullable<ParserOptions["plugins"]> {
  const typescript = /\.[cm]?tsx?$/.test(path);
  const jsx = /\.[jt]sx$/.test(path);
  return [...(typescript ? (["typescript", "decorators"] as const) : []), ...(jsx ? (["jsx"] as const) : [])];
}

function problemOf(error: unknown, fatal: boolean): ParseProblem {
  const { message, pos } = error as { message?: string; pos?: number };
  const text = error instanceof RangeError ? "nested too deeply for the parser" : (message ?? String(error));
  const problem = { message: text.split("\n")[0]!.slice(0, 160), at: pos ?? 0, fatal };
  return error instanceof RangeError ? { ...problem, isStack: true } : problem;
}
