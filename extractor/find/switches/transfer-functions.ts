import type { Call, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { escaped } from "../../model/patterns/escaped-pattern.ts";
import { isQuick } from "../../model/switches/when.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import { before, FALSY, type ValueConstraint } from "./requirements.ts";
import type { MentionedPattern } from "./value-set.ts";

/** The one expression that decides about another, and what is wished of it. */
export interface Operand {
  expression: Expr;
  wish: ValueConstraint;
}

type Constant = string | number | boolean | null | undefined;

/** Methods of texts whose result is known once the text is. */
const TEXT_METHODS = new Set(
  "toLowerCase toUpperCase toLocaleLowerCase toLocaleUpperCase trim trimStart trimEnd toString valueOf normalize slice substring substr charAt at startsWith endsWith includes indexOf concat charCodeAt".split(
    " ",
  ),
);
const IN_LIST = new Set(["includes", "has", "indexOf"]);

/** Functions of the runtime that take one value. A number may be told apart wherever one is made. */
const CONVERSIONS: Record<string, { f: (v: unknown) => unknown; words?: string[]; numeric?: true }> = {
  Boolean: { f: Boolean },
  String: { f: String },
  Number: { f: toNumber, numeric: true },
  parseInt: { f: (v) => Number.parseInt(String(v), 10), numeric: true },
  "Number.parseInt": { f: (v) => Number.parseInt(String(v), 10), numeric: true },
  parseFloat: { f: (v) => Number.parseFloat(String(v)), numeric: true },
  "Number.parseFloat": { f: (v) => Number.parseFloat(String(v)), numeric: true },
  isNaN: { f: (v) => Number.isNaN(toNumber(v)), numeric: true },
  "Number.isNaN": { f: (v) => Number.isNaN(v) },
  "Number.isInteger": { f: (v) => Number.isInteger(v) },
  "Number.isFinite": { f: (v) => Number.isFinite(v) },
  isFinite: { f: (v) => Number.isFinite(toNumber(v)), numeric: true },
  "JSON.parse": { f: (v) => JSON.parse(String(v)), words: ["true", "false", "0", "1", "null"] },
  "Promise.resolve": { f: (v) => v },
  "Object.freeze": { f: (v) => v },
};

function toNumber(v: unknown): number {
  return typeof v === "object" && v !== null ? Number.NaN : Number(v);
}

/** `Number`, `JSON.parse`: what a name that no file declares means. */
export function runtimePath(e: Expr): string | null {
  if (e.kind === "ref") {
    const v = canonical(e.variable);
    return v.definitions.length === 0 && !v.declared ? v.name : null;
  }
  if (e.kind !== "member") return null;
  const object = runtimePath(e.object);
  return object === null ? null : object === "globalThis" ? e.property : `${object}.${e.property}`;
}

/** `typeof x`, `+x`. */
export function ofUnary(operator: "+" | "typeof", wish: ValueConstraint): ValueConstraint {
  return operator === "+"
    ? before(wish, "+", toNumber, { numbers: [0, ...numbersIn(wish)] })
    : before(wish, "typeof", typeOf);
}

function typeOf(v: unknown): string {
  const { kind } = (typeof v === "object" && v !== null ? v : {}) as { kind?: unknown };
  return kind === "function" || kind === "class" ? "function" : typeof v;
}

const numbersIn = ({ words }: ValueConstraint): number[] =>
  words.filter((word) => /^-?\d+(\.\d+)?$/.test(word)).map(Number);

/** `x < 3` */
export function ofComparison(operator: "<" | ">" | "<=" | ">=", to: number, is: boolean): ValueConstraint {
  const holds = {
    "<": (n: number) => n < to,
    ">": (n: number) => n > to,
    "<=": (n: number) => n <= to,
    ">=": (n: number) => n >= to,
  };
  return {
    key: `${operator} ${to} ${is}`,
    accepts: (v) => holds[operator](toNumber(v)) === is,
    words: [],
    numbers: [to],
    patterns: [],
  };
}

/** Of `x.length`; how long a list is, nobody knows here. */
export const ofLength = (wish: ValueConstraint): ValueConstraint => {
  const one = before(wish, "length", (v) => (typeof v === "string" ? v.length : undefined));
  // how long it is says nothing of the number that it may be
  return { ...one, numbers: [], accepts: (v) => (typeof v === "object" && v !== null) || one.accepts(v) };
};

/** `{1: true, yes: true}[x]` */
export function ofLookup(table: Expr, wish: ValueConstraint): ValueConstraint | null {
  const members = table.kind === "object" ? table.members : null;
  if (members === null || members.length > FIND_BOUNDS.conditionWords) return null;
  const values = new Map<string, Constant>();
  for (const m of members) {
    if (m.kind !== "value" || m.value.kind !== "literal") return null;
    values.set(m.key, m.value.value);
  }
  return before(wish, `in ${[...values]}`, (v) => values.get(String(v)), { words: [...values.keys()] });
}

/** The text that one more is put into: `${x}`, `x + ""`. */
export function ofConcat(parts: readonly Expr[], wish: ValueConstraint): Operand | null {
  const open = parts.filter((part) => part.kind !== "literal");
  if (open.length !== 1) return null;
  const at = parts.indexOf(open[0]!);
  const text = (some: readonly Expr[]) =>
    some.map((part) => (part.kind === "literal" ? String(part.value) : "")).join("");
  const [left, right] = [text(parts.slice(0, at)), text(parts.slice(at + 1))];
  return { expression: open[0]!, wish: before(wish, `${left}…${right}`, (v) => `${left}${String(v)}${right}`) };
}

/** What makes a call throw: `JSON.parse(x)`; null where that is not known. */
export function ofThrown({ callee, arguments: [first] }: Call): Operand | null {
  if (runtimePath(callee) !== "JSON.parse" || first === undefined || first.kind === "spread") return null;
  const { words = [] } = CONVERSIONS["JSON.parse"]!;
  return { expression: first, wish: before(FALSY, "is JSON", (v) => isJson(String(v)), { words }) };
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

/** What a call of a function of the runtime hangs on; null where that is not known. */
export function operandOfCall(e: Call, wish: ValueConstraint): Operand | null {
  if (e.construct) return null;
  const [first] = e.arguments;
  const path = runtimePath(e.callee);
  const known = path !== null && Object.hasOwn(CONVERSIONS, path) ? CONVERSIONS[path] : undefined;
  if (known !== undefined && first !== undefined && first.kind !== "spread") {
    const numbers = known.numeric ? [0, ...numbersIn(wish)] : [];
    return { expression: first, wish: before(wish, path!, known.f, { words: known.words ?? [], numbers }) };
  }
  if (e.callee.kind !== "member") return null;
  const { object, property } = e.callee;
  if (first !== undefined && IN_LIST.has(property)) {
    const list = constantList(object, 0);
    if (list !== null) {
      const find =
        property === "indexOf"
          ? (v: unknown) => list.indexOf(v as Constant)
          : (v: unknown) => list.includes(v as Constant);
      const words = list.map(String);
      return { expression: first, wish: before(wish, `${property} ${words}`, find, { words }) };
    }
  }
  if (first !== undefined && property === "test") return matched(object, first, wish, false);
  if (first !== undefined && property === "exec") return matched(object, first, wish, null);
  if (first !== undefined && property === "match") return matched(first, object, wish, null);
  return TEXT_METHODS.has(property) ? ofMethod(object, property, e.arguments, wish) : null;
}

/** Methods that ask for a part of a text, as the regular expressions that do. */
const PARTS: Record<string, (part: string) => string> = {
  startsWith: (part) => `^${part}`,
  endsWith: (part) => `${part}$`,
  includes: (part) => part,
};

function ofMethod(object: Expr, method: string, given: readonly Expr[], wish: ValueConstraint): Operand | null {
  const args: Constant[] = [];
  for (const a of given) {
    if (a.kind !== "literal") return null;
    args.push(a.value);
  }
  const [part] = args;
  const isPart = PARTS[method];
  if (isPart !== undefined && args.length === 1 && typeof part === "string" && part !== "")
    return byPattern(object, { source: isPart(escaped(part)), flags: "", outcome: null }, wish, false);
  // `x?.trim()` is `x.trim()` in the program
  const f = (v: unknown): unknown => {
    if (v === undefined || v === null) return undefined;
    const text = typeof v === "string" ? v : String(v);
    return (text[method as keyof string] as unknown as (...args: Constant[]) => unknown).apply(text, args);
  };
  const words = args.filter((a) => typeof a === "string" && a !== "") as string[];
  return { expression: object, wish: before(wish, `${method} ${args}`, f, { words }) };
}

/** `/^(1|true)$/i.test(x)`, `x.match(/…/)`; `miss` is what stands for no match. */
function matched(pattern: Expr, text: Expr, wish: ValueConstraint, miss: false | null): Operand | null {
  const literal = only(pattern);
  if (literal?.kind !== "regexp" || !isQuick(literal.source)) return null;
  const { source } = literal;
  const flags = literal.flags.replace(/[gyd]/g, "");
  return byPattern(text, { source, flags, outcome: null }, wish, miss);
}

function byPattern(text: Expr, mentioned: MentionedPattern, wish: ValueConstraint, miss: false | null): Operand | null {
  const { source, flags } = mentioned;
  let regExp: RegExp;
  try {
    regExp = new RegExp(source, flags);
  } catch {
    return null;
  }
  const isMatch = (v: unknown) => mentioned.outcome ?? regExp.test(String(v).slice(0, 200));
  // `x?.match(…)` is `x.match(…)` in the program
  const f = (v: unknown) => ((v !== undefined && v !== null) || miss === false ? isMatch(v) || miss : undefined);
  return { expression: text, wish: before(wish, `/${source}/${flags}`, f, { patterns: [mentioned] }) };
}

/** The expression that a variable stands for, where it is given no other. */
export function only(e: Expr): Expr | null {
  if (e.kind !== "ref") return e;
  const { definitions, writes, mutations } = canonical(e.variable);
  return definitions.length === 1 && writes.length === 0 && mutations.length === 0 ? definitions[0]!.expression : null;
}

/** Texts and numbers of a list or set that nothing is added to. */
function constantList(e: Expr, depth: number): Constant[] | null {
  if (depth > 3) return null;
  if (e.kind === "array") {
    const items = e.items.map((item) => only(item));
    return items.every((item) => item?.kind === "literal")
      ? items.map((item) => (item.kind === "literal" ? item.value : null))
      : null;
  }
  if (e.kind === "call") {
    const path = runtimePath(e.callee);
    const isList = e.construct ? path === "Set" : path === "Object.freeze";
    return isList && e.arguments[0] !== undefined ? constantList(e.arguments[0], depth + 1) : null;
  }
  if (e.kind !== "ref") return null;
  const { definitions, writes } = canonical(e.variable);
  const isRead = canonical(e.variable).mutations.every(({ method }) => IN_LIST.has(method) || method === "some");
  return definitions.length === 1 && writes.length === 0 && isRead
    ? constantList(definitions[0]!.expression, depth + 1)
    : null;
}
