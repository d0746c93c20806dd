import type * as t from "@babel/types";
import { parse as parseEstree } from "meriyah";
import { hasPlugins, type ParseProblem, parse } from "./parse.ts";

/** Of Babel, or of an ESTree parser: see `estree.ts`. */
export interface Tree {
  statements: t.Statement[];
  comments: { value: string; start?: number }[];
}

/**
 * Parses a whole file or a run of its statements. Problems are what the parser could go on after; where it could not, `tree` is
 * null.
 */
export function treeOf(text: string, path: string): { tree: Tree | null; problems: ParseProblem[] } {
  const tree = hasPlugins(path) ? null : plainTree(text);
  return tree === null ? babelTree(text, path) : { tree, problems: [] };
}

/** Takes two thirds of Babel's time, and knows neither types nor errors it could go on after: null for what it cannot read. */
export function plainTree(text: string): Tree | null {
  for (const sourceType of ["module", "commonjs"] as const) {
    const comments: Tree["comments"] = [];
    const onComment = (_type: string, value: string, start: number) => comments.push({ value, start });
    try {
      const options = { sourceType, next: true, webcompat: true, validateRegex: false, onComment };
      const { body } = parseEstree(text, { ...options, ranges: { start: true } });
      return { statements: body as unknown as t.Statement[], comments };
    } catch {
      // the other way, or the other parser
    }
  }
  return null;
}

export function babelTree(text: string, path: string): { tree: Tree | null; problems: ParseProblem[] } {
  const { file, problems } = parse(text, path);
  if (file === null) return { tree: null, problems };
  const comments = (file.comments ?? []).map(({ value, start }) => ({ value, start: start! }));
  return { tree: { statements: file.program.body, comments }, problems };
}
