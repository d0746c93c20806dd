import { CUT_KINDS, type CutKind } from "../model/diagnostic.ts";
import type { Evidence, FollowedCallers, Report, ReportedCut } from "../model/report.ts";
import { count } from "./count.ts";

/** What ended a search, for a reader who does not know the bounds. */
const REASONS: Record<CutKind, string> = {
  "cut-contexts": "chains of callers",
  "cut-fuel": "long computations",
  "cut-depth": "deep nesting",
  "cut-alternatives": "many alternatives",
  "cut-parts": "long texts",
};

/** What was looked at in part, in words, and what it concerns. */
export interface CutLine {
  /** "4 of 190 calls of `callApi` followed" */
  words: string;
  evidence: Evidence;
  /** `METHOD URL` of what was found there all the same. */
  endpoints: string[];
}

/** One line for each function of which callers were left out, then one for each call whose values were cut. */
export function cutLines({ cuts = [], endpoints }: Report): CutLine[] {
  const named = new Map(endpoints.map(({ id, method, url }) => [id, `${method} ${url}`]));
  const lines = new Map<string, CutLine>();
  for (const cut of cuts) {
    const evidence = cut.callers?.evidence ?? cut.evidence;
    const key = `${evidence.file}:${evidence.line}:${evidence.column}`;
    const found = cut.endpoints.flatMap((id) => named.get(id) ?? []);
    const line = lines.get(key);
    if (line === undefined) lines.set(key, { words: wordsOf(cut), evidence, endpoints: found });
    else line.endpoints = [...new Set([...line.endpoints, ...found])];
  }
  return [...lines.values()];
}

/** The worst of them in a few words, for a first screen; null where every caller was followed. */
export function cutSummary(report: Report): string | null {
  const [first] = report.cuts ?? [];
  if (first?.callers === undefined) return null;
  const functions = new Set(
    (report.cuts ?? []).flatMap(({ callers }) => (callers === undefined ? [] : [placeOf(callers.evidence)])),
  );
  const others = functions.size - 1;
  return callersFollowed(first.callers) + (others === 0 ? "" : `, and not all of ${count(others, "other function")}`);
}

function wordsOf({ callers, cut }: ReportedCut): string {
  if (callers !== undefined) return callersFollowed(callers);
  const kinds = CUT_KINDS.filter((kind) => cut[kind] !== undefined);
  return `values cut: ${kinds.map((kind) => REASONS[kind]).join(", ")}`;
}

function callersFollowed({ name, known, followed, evidence }: FollowedCallers): string {
  const of = name === "" ? `the function at ${placeOf(evidence)}` : `\`${name}\``;
  return `${followed.toLocaleString("en-US")} of ${count(known, "call")} of ${of} followed`;
}

const placeOf = ({ file, line }: Evidence): string => `${file}:${line}`;
