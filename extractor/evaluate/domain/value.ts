import type { ArrayExpr, Expr, ObjectExpr } from "../../ir/expression.ts";
import type { BundledModule, FileScope } from "../../ir/program.ts";
import type { ClassDef, Func, Variable } from "../../ir/unit.ts";
import { type Hole, isHole, template } from "../../model/template.ts";
import type { Env } from "../engine/env.ts";
import { sameClosure, sameValue, subjectOf } from "./equality.ts";

/** A hole that a caller may still fill: parameter `i` of `f`. */
export interface OpenHole extends Hole {
  /** The parameter that it stands for; at -1, what the function is called on. */
  origin?: { func: Func; index: number };
  /** Where the program itself lies. */
  local?: true;
  /**
   * What it was written, joined or compressed from: no part of the text, but of what a request with it as its body
   * carries.
   */
  of?: readonly Argument[];
  /** The JSON file whose text it is. */
  holds?: FileScope;
}

export type Piece = string | OpenHole;

/**
 * What an expression may be. Objects, functions and instances are closures: an expression and the environment it
 * stands in, looked into only when somebody asks for a member.
 */
export type Value =
  | TextValue
  | ScalarValue
  | ObjectValue
  | ArrayValue
  | FunctionValue
  | ClassValue
  | InstanceValue
  | NativeValue
  | ModuleValue
  | ExportsValue
  | InteropValue
  | UrlValue
  | ResponseValue
  | PatternValue;

/** The join of all values; empty where the expression never yields one. */
export type Values = readonly Value[];

export interface TextValue {
  kind: "text";
  parts: readonly Piece[];
}

export interface ScalarValue {
  kind: "scalar";
  value: number | boolean | null | undefined;
  /** The constant that a number was written in the place of. */
  constant?: string;
}

/** Members that are assigned through a variable after the object was made. `at`: where inside the variable's value. */
export interface PropertyWrites {
  variable: Variable;
  env: Env | null;
  at: readonly string[];
}

export interface ObjectValue {
  kind: "object";
  /** Null for an object that only writes are known of. */
  node: ObjectExpr | null;
  env: Env | null;
  /** Taken out by a pattern with a rest. */
  without: readonly string[];
  /** Members that are computed rather than written: `Object.fromEntries(list)`. */
  computed?: readonly (readonly [key: string, value: Values])[];
  writers: readonly PropertyWrites[];
  /** The method whose `this` it stands for: a caller may have called it on a copy of the literal. */
  assumed?: Func;
}

export interface ArrayValue {
  kind: "array";
  node: ArrayExpr | null;
  env: Env | null;
  /** Where they are computed rather than written. */
  items: readonly Values[] | null;
  /** Further items may exist. */
  open: boolean;
  writers: readonly PropertyWrites[];
}

export interface FunctionValue {
  kind: "function";
  func: Func;
  env: Env | null;
  self: Values | null;
  /** Arguments given ahead by `bind`. */
  bound: readonly Argument[];
  writers: readonly PropertyWrites[];
}

export interface ClassValue {
  kind: "class";
  classDef: ClassDef;
  env: Env | null;
  writers: readonly PropertyWrites[];
}

export interface InstanceValue {
  kind: "instance";
  /** A class, or a function called with `new`. */
  of: ClassValue | FunctionValue;
  /** Null where nobody was seen to make it: its constructor's parameters stay open. */
  args: readonly Argument[] | null;
  writers: readonly PropertyWrites[];
  /** The method whose `this` it stands for: a caller may have called it on an instance of a subclass. */
  assumed?: Func;
  /** As `super` sees it, in a method of this class; `self` is the instance itself. */
  asSuper?: { classDef: ClassDef; self: InstanceValue };
}

/** Something the runtime or a known library provides: `fetch`, `node:https#request`, `axios#default`. */
export interface NativeValue {
  kind: "native";
  path: string;
  /** Options an instance was made with: `axios.create({baseURL})`, `new Headers(x)`. */
  args: readonly Argument[];
  writers: readonly PropertyWrites[];
  /** What it is a member of, where something was written to that. */
  of?: NativeValue;
}

export interface ModuleValue {
  kind: "module";
  file: FileScope;
}

/** `module.exports` of a CommonJS file that a bundler made a function of. */
export interface ExportsValue {
  kind: "exports";
  module: BundledModule;
}

/** A CommonJS module as `import` sees it. */
export interface InteropValue {
  kind: "interop";
  of: Values;
}

/** `new URL(…)`, mutations included. */
export interface UrlValue {
  kind: "url";
  href: readonly Piece[];
}

/** What a request brought back. */
export interface ResponseValue {
  kind: "response";
  /** URL expression of the request. */
  url: Argument | null;
  path: readonly string[];
}

export interface PatternValue {
  kind: "regexp";
  source: string;
  flags: string;
}

/** An argument, looked at only when needed; `values` where it is known what it was at the time. */
export type Argument =
  | { expression: Expr; env: Env | null; values?: Values }
  | { values: Values }
  | { rest: Expr; env: Env | null };

export const NOTHING: Values = [];
export const UNDEFINED: ScalarValue = { kind: "scalar", value: undefined };

export const text = (pieces: Iterable<Piece>): TextValue => ({
  kind: "text",
  parts: template(pieces) as readonly Piece[],
});
export const string = (s: string): TextValue => ({ kind: "text", parts: s === "" ? [] : [s] });
export const scalar = (v: ScalarValue["value"]): ScalarValue => ({ kind: "scalar", value: v });
export const localHole = (name: string): TextValue => ({
  kind: "text",
  parts: [{ kind: "unknown", name, local: true }],
});

export const hole = (kind: Hole["kind"], name: string, origin?: OpenHole["origin"]): TextValue => ({
  kind: "text",
  parts: [origin ? { kind, name, origin } : { kind, name }],
});
export const madeOf = (name: string, of: readonly Argument[]): TextValue => ({
  kind: "text",
  parts: [{ kind: "unknown", name, of }],
});
export const native = (path: string, args: readonly Argument[] = []): NativeValue => ({
  kind: "native",
  path,
  args,
  writers: [],
});

/** The string, where every piece is known. */
export function literalText(v: Value | undefined): string | null {
  if (v?.kind === "scalar") return typeof v.value === "number" || typeof v.value === "boolean" ? String(v.value) : null;
  if (v?.kind !== "text") return null;
  if (v.parts.length === 0) return "";
  return v.parts.length === 1 && typeof v.parts[0] === "string" ? v.parts[0] : null;
}

/** The hole, where the value is nothing else. */
export function onlyHole(v: Value): OpenHole | null {
  if (v.kind !== "text" || v.parts.length !== 1) return null;
  const [piece] = v.parts;
  return isHole(piece) ? (piece as OpenHole) : null;
}

/** Up to so many values are compared pair by pair, which is cheaper than any key. */
const FEW = 8;

function joinFew(sets: readonly Values[]): Values {
  const out: Value[] = [];
  for (const set of sets) for (const v of set) if (!holds(out, v)) out.push(v);
  return out;
}

function holds(values: Values, v: Value): boolean {
  for (const o of values) if (sameValue(o, v)) return true;
  return false;
}

/** Equal values are joined into one: texts by their pieces, scalars by value, closures by what they close over. */
export const join = (...sets: Values[]): Values => joinAll(sets);

/** The join of what each of the values yields. */
export function joinOf(values: Values, yields: (v: Value) => Values): Values {
  return values.length === 1 ? yields(values[0]!) : joinAll(values.map(yields));
}

/** The same for any number of sets: a call takes only so many arguments. */
export function joinAll(sets: readonly Values[]): Values {
  let only: Values = NOTHING;
  let more = false;
  let count = 0;
  for (const set of sets) {
    if (set.length === 0 || set === only) continue;
    if (only.length > 0) more = true;
    else only = set;
    count += set.length;
  }
  if (!more) return only;
  if (count <= FEW) return joinFew(sets);
  const out: Value[] = [];
  const seen = new Set<string>();
  const closures = new Map<object, Value[]>();
  for (const set of sets) {
    for (const v of set) {
      if (v.kind === "text" || v.kind === "scalar") {
        const key = v.kind === "scalar" ? `s${String(v.value)}` : textKey(v);
        if (seen.has(key)) continue;
        seen.add(key);
      } else {
        const subject = subjectOf(v);
        const same = closures.get(subject);
        if (same?.some((o) => sameClosure(o, v))) continue;
        if (same) same.push(v);
        else closures.set(subject, [v]);
      }
      out.push(v);
    }
  }
  return out;
}

export function textKey({ parts }: TextValue): string {
  let key = "";
  for (const p of parts) {
    if (key !== "") key += "\u0000";
    key += typeof p === "string" ? `"${p}` : `{${p.kind}:${p.name}`;
    if (typeof p === "object" && p.holds) key += `=${p.holds.path}`;
    if (typeof p === "object" && p.origin) key += `@${p.origin.func.at}.${p.origin.index}`;
  }
  return key;
}

export function arrayOf(items: Values[], open = false): ArrayValue {
  return { kind: "array", node: null, env: null, items, open, writers: [] };
}

/** Some of a text: what a caller puts in will tell. */
export function part(holes: readonly OpenHole[]): TextValue {
  const waiting = holes.find((h) => h.origin);
  return waiting?.origin ? hole("param", "part", waiting.origin) : hole("unknown", "part");
}
