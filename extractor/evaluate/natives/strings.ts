import { endsSoon } from "../../model/patterns/pattern-cost.ts";
import {
  type Argument,
  arrayOf,
  hole,
  join,
  literalText,
  type PatternValue,
  type Piece,
  part,
  scalar,
  type TextValue,
  text,
  type Value,
  type Values,
} from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { firstOpenParameter, undecided } from "../engine/open-holes.ts";
import { apply } from "../transfer/call.ts";
import { argument } from "../transfer/compute.ts";
import { combinations } from "../transfer/concat.ts";
import { toTexts } from "../transfer/to-text.ts";
import { decode, type Encoded, encode, isHoleChar, together } from "./encoded.ts";
import { inBase, isBase } from "./in-base.ts";
import { matchValues } from "./matches.ts";

type Method = (ev: Evaluator, self: TextValue, args: readonly Argument[], env: Env | null) => Values;

/** Bytes are held as the text they were made of: `Buffer.from(text).toString("base64")`. */
function written(ev: Evaluator, self: TextValue, args: readonly Argument[]): Values {
  const base = args.length > 0 ? literalText(argument(ev, args, 0)[0]) : null;
  return [isBase(base) ? inBase(self, base) : self];
}

/** String methods whose result is a string made of the receiver. */
export const STRING_METHODS: Record<string, Method> = {
  toString: written,
  valueOf: same,
  normalize: (_ev, self) => [self],
  trim: (_ev, self) => [mapped(self, (s) => s.trim())],
  trimEnd: (_ev, self) => [mapped(self, (s) => s.trimEnd())],
  trimStart: (_ev, self) => [mapped(self, (s) => s.trimStart())],
  toLowerCase: (_ev, self) => [mapped(self, (s) => s.toLowerCase())],
  toUpperCase: (_ev, self) => [mapped(self, (s) => s.toUpperCase())],
  concat: (ev, self, args) => combinations(ev, [-1, ...args.keys()], (i) => (i < 0 ? [self] : argument(ev, args, i))),
  slice: (ev, self, args) => cut(ev, self, args, (s, a, b) => s.slice(a, b)),
  substring: (ev, self, args) => cut(ev, self, args, (s, a, b) => s.substring(a, b)),
  substr: (ev, self, args) => cut(ev, self, args, (s, a, b) => s.substr(a, b)),
  replace,
  replaceAll: replace,
  match: (ev, self, args) =>
    join(...argument(ev, args, 0).map((p) => (p.kind === "regexp" ? matchValues(p, self) : []))),
  split: (ev, self, args) => {
    const by = argument(ev, args, 0).map(literalText)[0];
    const { s, holes } = encode(self.parts);
    if (by === null || by === undefined) return [arrayOf([[self]], true)];
    const open = self.parts.some((p) => typeof p !== "string");
    return [
      arrayOf(
        s.split(by).map((piece): Values => [decode(piece, holes)]),
        open,
      ),
    ];
  },
  endsWith: (ev, self, args) => affix(ev, self, args, "end"),
  startsWith: (ev, self, args) => affix(ev, self, args, "start"),
  includes: (ev, self, args) => {
    const whole = literalText(self);
    const wanted = argument(ev, args, 0).map(literalText)[0];
    if (whole !== null && wanted != null) return [scalar(whole.includes(wanted))];
    const seen = wanted != null && self.parts.some((p) => typeof p === "string" && p.includes(wanted));
    return seen ? [scalar(true)] : undecided([self]);
  },
  padStart: (ev, self, args) => [padded(ev, self, args, "padStart")],
  padEnd: (ev, self, args) => [padded(ev, self, args, "padEnd")],
  indexOf: (ev, self, args) => position(ev, self, args, "indexOf"),
  lastIndexOf: (ev, self, args) => position(ev, self, args, "lastIndexOf"),
  at: (ev, self, args) => character(ev, self, args, (s, i) => s.at(i)),
  charAt: (ev, self, args) => character(ev, self, args, (s, i) => s.charAt(i)),
  repeat: (ev, self, args) => {
    const n = argument(ev, args, 0)[0];
    const times = n?.kind === "scalar" && typeof n.value === "number" && n.value >= 0 && n.value <= 64 ? n.value : null;
    return times === null
      ? [hole("unknown", "")]
      : [mapped(self, (s) => (s.length * times <= 4096 ? s.repeat(times) : s))];
  },
};

/** Where one text stands in another, if both are known. */
function position(ev: Evaluator, self: TextValue, args: readonly Argument[], how: "indexOf" | "lastIndexOf"): Values {
  const whole = literalText(self);
  const wanted = args.length === 1 ? argument(ev, args, 0).map(literalText) : [];
  if (whole === null || wanted.length === 0 || wanted.includes(null))
    return [hole("unknown", "", firstOpenParameter([self]))];
  return join(wanted.map((w) => scalar(whole[how](w!))));
}

function character(
  ev: Evaluator,
  self: TextValue,
  args: readonly Argument[],
  at: (s: string, i: number) => string | undefined,
): Values {
  const whole = literalText(self);
  const [only, ...more] = argument(ev, args, 0);
  if (whole === null || more.length > 0 || only?.kind !== "scalar" || typeof only.value !== "number")
    return [hole("unknown", "", firstOpenParameter([self]))];
  const c = at(whole, only.value);
  return [c === undefined ? scalar(undefined) : text(c === "" ? [] : [c])];
}

function same(_ev: Evaluator, self: TextValue): Values {
  return [self];
}

/** What a function of its text makes of it; holes stay whole. */
export function mapped(self: TextValue, f: (s: string) => string): TextValue {
  const { s, holes } = encode(self.parts);
  return decode(f(s), holes);
}

function cut(
  ev: Evaluator,
  self: TextValue,
  args: readonly Argument[],
  f: (s: string, a: number, b?: number) => string,
): Values {
  const { s, holes } = encode(self.parts);
  const [a, b] = [0, 1].map((i) => (i < args.length ? argument(ev, args, i)[0] : undefined));
  const numbers = [a, b].map((v, i) => {
    if (v === undefined) return i < args.length ? null : undefined;
    if (v.kind !== "scalar") return null;
    return typeof v.value === "number" ? v.value : undefined;
  });
  if (numbers[0] === null || numbers[1] === null) return holes.length === self.parts.length ? [self] : [part(holes)];
  // a position behind a hole isn't known: a cut there is a guess we don't make
  const firstHole = [...s].findIndex((c) => isHoleChar(c.charCodeAt(0)));
  const reaches = (n: number | undefined) =>
    n !== undefined && (n < 0 ? s.slice(n) : s.slice(0, n)).split("").some((c) => isHoleChar(c.charCodeAt(0)));
  if (firstHole >= 0 && (reaches(numbers[0] ?? 0) || reaches(numbers[1]))) return [part(holes)];
  return [decode(f(s, numbers[0] ?? 0, numbers[1]), holes)];
}

function padded(ev: Evaluator, self: TextValue, args: readonly Argument[], how: "padStart" | "padEnd"): TextValue {
  const width = argument(ev, args, 0)[0];
  const filler = args.length > 1 ? literalText(argument(ev, args, 1)[0]) : " ";
  const whole = literalText(self);
  if (
    whole === null ||
    filler === null ||
    width?.kind !== "scalar" ||
    typeof width.value !== "number" ||
    width.value > 256
  )
    return self;
  return text([whole[how](width.value, filler)]);
}

function affix(ev: Evaluator, self: TextValue, args: readonly Argument[], side: "start" | "end"): Values {
  const wanted = argument(ev, args, 0).map(literalText)[0];
  const piece = side === "start" ? self.parts[0] : self.parts.at(-1);
  if (wanted == null || typeof piece !== "string")
    return self.parts.length === 0 ? [scalar(wanted === "")] : undecided([self]);
  if (piece.length < wanted.length && self.parts.length > 1) return undecided([self]);
  return [scalar(side === "start" ? piece.startsWith(wanted) : piece.endsWith(wanted))];
}

/** `.replace("{id}", x)`, `.replace(/^https:/, "wss:")`: on the literal pieces, holes stay whole. */
function replace(ev: Evaluator, self: TextValue, args: readonly Argument[], env: Env | null): Values {
  const left = encode(self.parts);
  const patterns = argument(ev, args, 0);
  const replacements = argument(ev, args, 1);
  const functions = replacements.filter((r) => r.kind === "function");
  const texts = toTexts(
    ev,
    replacements.filter((r) => r.kind !== "function"),
  );
  return join(
    ...patterns.map((p): Values => {
      const out: Value[] = functions.flatMap(
        (f): Value[] =>
          byFunction(left, p, (groups) => {
            const found = toTexts(ev, apply(ev, f, { args: groups.map((g) => ({ values: [g] })), self: null }, env));
            // `params[name] ?? ""`: the program has a value for what it replaces
            const filled = found.filter((t) => t.parts.length > 0);
            return filled.length > 0 ? filled : found;
          }) ?? [self],
      );
      for (const t of texts.slice(0, BOUNDS.replaced)) {
        const right = together(left, encode(t.parts));
        const changed = p.kind === "regexp" ? byPattern(left.s, p, right.b) : byText(left.s, literalText(p), right.b);
        out.push(changed === null ? self : decode(changed, right.holes));
      }
      return join(out.length > 0 ? out : [self]);
    }),
  );
}

/** Each match is replaced by what the function makes of it and its groups. */
function byFunction(self: Encoded, p: Value, replacements: (groups: TextValue[]) => TextValue[]): TextValue[] | null {
  const pattern = p.kind === "regexp" ? boundedPattern(p, self.s) : null;
  if (pattern === null) return null;
  let rows: Piece[][] = [[]];
  let end = 0;
  for (const m of pattern.global ? [...self.s.matchAll(pattern)].slice(0, 16) : [pattern.exec(self.s)]) {
    if (m === null) break;
    const texts = replacements([...m].map((g) => decode(g ?? "", self.holes)));
    if (texts.length === 0) return null;
    const before = decode(self.s.slice(end, m.index), self.holes).parts;
    const more = texts.slice(0, Math.max(1, Math.floor(BOUNDS.replaced / rows.length)));
    rows = rows.flatMap((row) => more.map((t) => [...row, ...before, ...t.parts]));
    end = m.index + m[0].length;
  }
  const rest = decode(self.s.slice(end), self.holes).parts;
  return rows.map((row) => text([...row, ...rest]));
}

const byText = (s: string, from: string | null, to: string): string | null =>
  from === null || from === "" ? null : s.replaceAll(from, () => to);

/** A pattern from a package runs only where it surely ends soon. */
function byPattern(s: string, p: PatternValue, to: string): string | null {
  const pattern = boundedPattern(p, s);
  return pattern === null ? null : s.replace(pattern, to);
}

function boundedPattern(p: PatternValue, s: string): RegExp | null {
  if (p.source.length > 200 || !endsSoon(p.source, s.length)) return null;
  try {
    return new RegExp(p.source, p.flags.replace(/[gy]/g, "") + (p.flags.includes("g") ? "g" : ""));
  } catch {
    return null;
  }
}
