import type { Value } from "../../evaluate/domain/value.ts";
import type { Trace } from "../../evaluate/engine/tracing-evaluator.ts";
import type { Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Func, Unit, Variable } from "../../ir/unit.ts";
import { printTemplate } from "../../model/template.ts";
import { FIND_BOUNDS } from "../bounds.ts";

/** A step whose place is still an expression or a function of the program. */
export interface OpenStep {
  what: string;
  value: string;
  /** `unit` where what stands there knows which it belongs to. */
  at: { of: object; offset: number; unit: Unit | null };
  from: OpenStep[];
}

/** Alternatives that are written out in one step. */
const SHOWN = 2;

/** The steps from `traces` that make up one of the texts `wanted`, as printTemplate writes them. */
export function derivation(traces: readonly Trace[], wanted: readonly string[]): OpenStep[] {
  return new Derivation().of(towards(traces, wanted), wanted, 0);
}

class Derivation {
  #left = FIND_BOUNDS.derivationSteps;

  /** What was evaluated more than once is told once. */
  of(traces: readonly Trace[], wanted: readonly string[], depth: number): OpenStep[] {
    const byContent = new Map<string, OpenStep>();
    const seen = new Set<readonly Trace[]>();
    for (const trace of traces) {
      if (trace.inputs.length > 0 && seen.has(trace.inputs)) continue;
      seen.add(trace.inputs);
      for (const step of this.#steps(trace, wanted, depth)) byContent.set(keyOf(step), step);
    }
    return [...byContent.values()];
  }

  #steps(trace: Trace, wanted: readonly string[], depth: number): OpenStep[] {
    if (depth > FIND_BOUNDS.derivationDepth || this.#left <= 0) return [];
    const texts = textsOf(trace);
    const exact = texts.filter((text) => wanted.includes(text));
    const own = exact.length > 0 ? exact : texts.filter((text) => wanted.some((whole) => isPart(text, whole)));
    const value = own.length > 0 ? own : texts;
    const place = positionOf(trace);
    if (place !== null) this.#left--;
    const from = [
      ...this.#wayTo(trace, depth),
      ...this.of(inputsFor(trace, value), value, depth + (place === null ? 0 : 1)),
    ];
    const what = describe(trace);
    if (place !== null) return [{ what, value: shown(value), at: place, from }];
    // a name has no place of its own: it is told where its value is
    const [first, ...others] = from;
    if (first === undefined) return this.#unfilled(trace, shown(value));
    return what === "" ? from : [{ ...first, what: `${what} ← ${first.what}` }, ...others];
  }

  /** `config().base`: how the object came there that the member is read from. */
  #wayTo({ expression: e, inputs }: Trace, depth: number): OpenStep[] {
    if (e?.kind !== "member" && e?.kind !== "index") return [];
    const looks = new Set(inputs.filter((input) => input.key !== null).map((input) => input.expression));
    if (looks.size === 0) return [];
    const object = inputs.find((input) => input.expression === e.object);
    return object === undefined ? [] : this.#calls(object, looks, depth + 1);
  }

  #calls(trace: Trace, nodes: ReadonlySet<Expr | null>, depth: number): OpenStep[] {
    if (depth > FIND_BOUNDS.derivationDepth || this.#left <= 0) return [];
    const next = trace.inputs.find((input) => input.values.some((v) => v.kind === "object" && nodes.has(v.node)));
    const inner = next === undefined ? [] : this.#calls(next, nodes, depth + 1);
    if (trace.expression?.kind !== "call") return inner;
    this.#left--;
    const { expression: e } = trace;
    return [{ what: describe(trace), value: "", at: { of: e, offset: e.at, unit: e.unit }, from: inner }];
  }

  #unfilled({ expression: e }: Trace, value: string): OpenStep[] {
    if (e?.kind !== "param") return [];
    const { func: f } = e;
    return [
      {
        what: `${parameterName(e.func, e.index)}, whatever a caller gives`,
        value,
        at: { of: f, offset: f.at, unit: f.unit },
        from: [],
      },
    ];
  }
}

const keyOf = ({ what, value, at, from }: OpenStep): string =>
  `${what} ${value} ${at.unit?.file ?? ""}:${at.offset}(${from.map(keyOf).join()})`;

/** Of what was evaluated on the way, that which the texts were made of. */
function inputsFor({ expression: e, inputs }: Trace, own: readonly string[]): Trace[] {
  if (e?.kind === "concat") {
    const parts = inputs.filter((input) => input.expression !== null && e.parts.includes(input.expression));
    return towards(parts.length > 0 ? parts : inputs, own);
  }
  const texts = inputs.filter((input) => textsOf(input).length > 0);
  const same = texts.filter((input) => textsOf(input).some((text) => own.includes(text)));
  // where nothing but an open part is left, what it was before it was read says nothing of the address
  if (same.length > 0 || own.every(isOpen)) return same;
  // what a call makes of its receiver and arguments need not look like any of them
  return e?.kind === "call" ? texts : towards(texts, own);
}

const isOpen = (text: string): boolean => /^(\{[^{}]*\})*$/.test(text);

/** Those with the same text; else those that are part of it; else all that are text at all. */
function towards(traces: readonly Trace[], wanted: readonly string[]): Trace[] {
  const texts = traces.map((trace) => ({ trace, texts: textsOf(trace) })).filter((each) => each.texts.length > 0);
  const chosen = (holds: (text: string) => boolean) =>
    texts.filter((each) => each.texts.some(holds)).map(({ trace }) => trace);
  const same = chosen((text) => wanted.includes(text));
  if (same.length > 0) return same;
  const parts = chosen((text) => wanted.some((whole) => isPart(text, whole)));
  return parts.length > 0 ? parts : chosen((text) => text !== "");
}

/** The literal pieces of a text stand in the whole, in order. */
function isPart(text: string, whole: string): boolean {
  if (text === "" || whole.includes(text)) return text !== "";
  let from = 0;
  let characters = 0;
  for (const piece of text.split(/\{[^{}]*\}/)) {
    const at = whole.indexOf(piece, from);
    if (at < 0) return false;
    from = at + piece.length;
    characters += piece.length;
  }
  return characters > 1;
}

const textsOf = ({ values }: Trace): string[] => [...new Set(values.flatMap((v) => textOf(v) ?? []))];

function textOf(v: Value): string | null {
  switch (v.kind) {
    case "text":
      return printTemplate(v.parts);
    case "url":
      return printTemplate(v.href);
    case "response":
      return `{${v.path.join(".") || "body"}}`;
    case "scalar":
      return typeof v.value === "number" ? String(v.value) : null;
    default:
      return null;
  }
}

function shown(texts: readonly string[]): string {
  const more = texts.length - SHOWN;
  return [...texts.slice(0, SHOWN), ...(more > 0 ? [`${more} more`] : [])].join(" | ");
}

const parameterName = (f: Func, i: number): string =>
  `parameter ${f.paramVariables[i]?.name ?? i + 1}${f.name === "" ? "" : ` of ${f.name}()`}`;

/** What kind of step it is; empty where it only hands on. */
function describe({ expression: e, key }: Trace): string {
  if (key !== null) return e?.kind === "array" ? "item of a list" : `member ${key} of an object`;
  switch (e?.kind) {
    case "literal":
      return "literal";
    case "concat":
      return "put together";
    case "ref":
      return isParameter(canonical(e.variable)) ? "" : canonical(e.variable).name;
    case "param":
      return parameterName(e.func, e.index);
    case "member":
      return e.object.kind === "module" ? `import of ${e.property}` : `member ${e.property}`;
    case "index":
      return "member by key";
    case "call":
      return e.construct ? `new ${calleeNameOf(e.callee)}` : `result of ${calleeNameOf(e.callee)}()`;
    case "default":
      return "or default";
    case "unknown":
      return "not known";
    default:
      return "";
  }
}

/** It says the parameter's name already. */
const isParameter = ({ definitions: [first] }: Variable): boolean =>
  first !== undefined &&
  (first.expression.kind === "param" ||
    (first.expression.kind === "default" && first.expression.expression.kind === "param"));

function calleeNameOf(f: Expr): string {
  if (f.kind === "ref") return canonical(f.variable).name;
  return f.kind === "member" ? f.property : "a function";
}

/** Names, imports, parameters and conditions have no place: what they stand for has. */
function positionOf({ expression: e }: Trace): OpenStep["at"] | null {
  if (e === null || !("at" in e) || (e.kind === "member" && e.object.kind === "module")) return null;
  return { of: e, offset: e.at, unit: "unit" in e ? (e.unit ?? null) : null };
}
