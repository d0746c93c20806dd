import type { Unit } from "../ir/unit.ts";
import type { DiagnosticLog } from "../model/diagnostic.ts";
import type { SourceFile } from "../model/source-file.ts";
import { lower } from "./lower/lower.ts";
import { bracketDepth, MAX_NESTING } from "./nesting.ts";
import {
  hiddenTexts,
  hideTexts,
  type ShiftedReading,
  shiftedReadings,
  type TextList,
  textLists,
} from "./obfuscated.ts";
import { parse } from "./parse.ts";
import { LineIndex } from "./positions.ts";
import { Texts } from "./texts.ts";
import { groupStatements, splitStatements } from "./tokens/split.ts";

/**
 * The units of a file. Trees are the most of what parsing costs in memory, so statements are parsed in groups, and
 * each tree is dropped once it is lowered. A group that cannot be parsed is tried statement by statement: only what
 * is broken is lost, and counted.
 * @param texts of the program that the file belongs to
 * @param lines of the file
 */
export function* unitsOf(
  file: SourceFile,
  log: DiagnosticLog,
  texts = new Texts(),
  lines = new LineIndex(file.text),
): Generator<Unit> {
  const { text, path } = file;
  const where = (offset: number) => {
    const { line, column } = lines.at(offset);
    return `${path}:${line}:${column}`;
  };
  let isHidden = false;
  const lists: TextList[] = [];
  const readings: ShiftedReading[] = [];
  const sayHidden = (at: number) =>
    log.add("obfuscated", `${where(at)} texts are hidden by an obfuscator: addresses may be missing`);
  const unitIn = (start: number, end: number): Unit | null => {
    const piece = start === 0 && end === text.length ? text : text.slice(start, end);
    const { file, problems } = parse(piece, path);
    if (file === null) return null;
    for (const p of problems) log.add("parse-recovered", `${where(start + p.at)} ${p.message}`);
    const { unit, tooDeep, codeTexts } = lower(file, path, start, texts);
    for (const { at, why } of tooDeep) log.add(why, `${where(at)} nested too deeply`);
    const hidden = hiddenTexts(unit);
    isHidden ||= hidden !== null;
    lists.push(...textLists(unit));
    readings.push(...shiftedReadings(unit));
    if (hidden !== null) sayHidden(hidden);
    for (const { at, what } of codeTexts) log.add("code-in-text", `${where(at)} ${what}`);
    return unit;
  };
  if (bracketDepth(text) > MAX_NESTING) {
    log.add("nesting-too-deep", `${path}:1:1 more than ${MAX_NESTING} brackets inside each other`);
    return;
  }
  const ends = statementEnds(file, log, where);
  for (const { start, end } of groupStatements(ends)) {
    const unit = unitIn(start, end);
    if (unit !== null) {
      yield unit;
      continue;
    }
    for (const one of groupStatements(within(ends, start, end), 1)) {
      const part = unitIn(start + one.start, start + one.end);
      if (part !== null) {
        yield part;
        continue;
      }
      const [problem] = parse(text.slice(start + one.start, start + one.end), path).problems;
      const kind = problem?.isStack ? "stack-spent" : "parse-error";
      log.add(kind, `${where(start + one.start)} ${problem?.message ?? "cannot be parsed"}`);
    }
  }
  const keepers = new Set(lists.map(({ keeper }) => keeper));
  const reading = isHidden ? undefined : readings.find(({ name }) => keepers.has(name));
  if (reading !== undefined) sayHidden(reading.at);
  if (isHidden || reading?.decodes) hideTexts(lists);
}

type Where = (offset: number) => string;

function statementEnds({ text, path }: SourceFile, log: DiagnosticLog, where: Where): Uint32Array {
  const whole = new Uint32Array([text.length]);
  if (!/\.[cm]?js$/.test(path) && /\.[a-z]+$/i.test(path)) return whole;
  const split = splitStatements(text);
  if (split.kind === "split") return split.ends;
  log.add("split-unsure", `${where(split.at)} ${split.why}: read as a whole`);
  return whole;
}

function within(ends: Uint32Array, start: number, end: number): Uint32Array {
  return ends.filter((e) => e > start && e <= end).map((e) => e - start);
}
