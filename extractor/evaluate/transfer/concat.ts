import type { Concat, Expr, Ref } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { grouped } from "../../model/group.ts";
import { spoiledHost } from "../domain/joined-host.ts";
import {
  hole,
  joinAll,
  type Piece,
  scalar,
  type TextValue,
  text,
  textKey,
  type Value,
  type Values,
} from "../domain/value.ts";
import { BOUNDS } from "../engine/bounds.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { memberOf } from "../objects/member.ts";
import { methodValues } from "./call.ts";
import { eachWay } from "./correlated-parts.ts";
import { toTexts } from "./to-text.ts";

export function concat(ev: Evaluator, e: Concat, env: Env | null): Values {
  const shared = sharedVariable(e);
  const values = shared === null ? [] : ev.evaluate(shared, env);
  if (shared === null || values.length < 2) {
    const ways = eachWay(ev, e, env) ?? [env];
    return joinAll(ways.map((way) => combinations(ev, e.parts, (part) => ev.evaluate(part, way), e.plus)));
  }
  return joinAll(
    values.map((v) =>
      combinations(ev, e.parts, (part) => valuesWith(ev, part, { shared, v }, env) ?? ev.evaluate(part, env), e.plus),
    ),
  );
}

/** `${url.protocol}//${url.host}`, `${s.slice(0, 8)}-${s.slice(8)}`: both parts are of one value, whichever it is. */
function sharedVariable({ parts }: Concat): Ref | null {
  const refs = parts.flatMap((part) => variableOf(part) ?? []);
  const mentions = grouped(refs, ({ variable }) => canonical(variable));
  return [...mentions.values()].find((same) => same.length > 1)?.[0] ?? null;
}

/** The variable that a part of a text is, or is a member or the result of a method of. */
function variableOf(part: Expr): Ref | null {
  if (part.kind === "ref") return part;
  const member = part.kind === "call" && !part.construct ? part.callee : part;
  return member.kind === "member" && member.object.kind === "ref" ? member.object : null;
}

/** What a part is where the variable has this value; null for a part that isn't of the variable. */
function valuesWith(
  ev: Evaluator,
  part: Expr,
  { shared, v }: { shared: Ref; v: Value },
  env: Env | null,
): Values | null {
  const ref = variableOf(part);
  if (ref === null || canonical(ref.variable) !== canonical(shared.variable)) return null;
  if (part.kind === "member") return memberOf(ev, [v], part.property);
  if (part.kind !== "call" || part.callee.kind !== "member") return [v];
  return methodValues(ev, { objects: [v], name: part.callee.property }, ev.frames.argumentsOf(part, env), env);
}

/**
 * Every combination of the alternatives of the parts, up to the bound; beyond it, the first of each further part.
 * @param plus numbers may add up
 */
export function combinations<T>(
  ev: Evaluator,
  parts: readonly T[],
  valuesOf: (part: T) => Values,
  plus = false,
): Values {
  let rows: Piece[][] = [[]];
  let numeric = plus;
  for (const part of parts) {
    const found = valuesOf(part);
    const values = found.length === 0 && ev.options.gaps ? [hole("unknown", "part")] : found;
    // nothing yet: the value feeds on itself
    if (values.length === 0) return [];
    numeric &&= values.every((v) => v.kind === "scalar" && typeof v.value === "number");
    const texts = toTexts(ev, values);
    if (texts.length === 0) return [];
    const room = Math.max(1, Math.floor(BOUNDS.alternatives / rows.length));
    if (texts.length > room)
      ev.log.add("cut-alternatives", `a text put together in more than ${BOUNDS.alternatives} ways`);
    rows = combine(ev, rows, texts, room);
  }
  if (numeric && rows.length === 1) return [scalar(rows[0]!.reduce((sum, p) => sum + Number(p), 0))];
  return rows.map((pieces) => bounded(ev, pieces));
}

function combine(ev: Evaluator, rows: Piece[][], texts: TextValue[], room: number): Piece[][] {
  if (texts.length === 1) {
    const [{ parts }] = texts as [TextValue];
    return rows.map((row) => joined(ev, row, parts));
  }
  return rows.flatMap((row) =>
    fitting(row, texts)
      .slice(0, room)
      .map((t) => joined(ev, [...row], t.parts)),
  );
}

/** Adds to the row, unless that would make a host that there is none of: then nothing is known of the text. */
function joined(ev: Evaluator, row: Piece[], parts: readonly Piece[]): Piece[] {
  const host = spoiledHost(row, parts);
  if (host === null) {
    row.push(...parts);
    return row;
  }
  ev.log.add("host-joined", `${host} joined to a text without a slash`);
  return [...hole("unknown", "address").parts];
}

/**
 * `base + (base.endsWith("/") ? path.slice(1) : path)`: a program that can choose puts one slash between host and
 * path.
 */
function fitting(row: Piece[], texts: TextValue[]): TextValue[] {
  const last = row.at(-1);
  if (last === undefined) return texts;
  const ends = typeof last === "string" && last.endsWith("/");
  const keys = new Set(texts.map(textKey));
  const slashed = (t: TextValue): TextValue => text(["/", ...t.parts]);
  const cut = new Set(
    texts.filter((t) => t.parts.length > 0 && keys.has(textKey(slashed(t)))).map((t) => textKey(ends ? slashed(t) : t)),
  );
  return cut.size === 0 ? texts : texts.filter((t) => !cut.has(textKey(t)));
}

function bounded(ev: Evaluator, pieces: Piece[]): TextValue {
  let characters = 0;
  let fitting = 0;
  for (; fitting < pieces.length; fitting++) {
    const piece = pieces[fitting]!;
    if (typeof piece === "string") characters += piece.length;
    if (characters > BOUNDS.characters) break;
  }
  const whole = text(fitting < pieces.length ? pieces.slice(0, fitting) : pieces);
  if (fitting === pieces.length && whole.parts.length <= BOUNDS.parts) return whole;
  ev.log.add("cut-parts", `a text of more than ${BOUNDS.parts} pieces or ${BOUNDS.characters} characters`);
  return text([...whole.parts.slice(0, BOUNDS.parts - 1), ...hole("unknown", "more").parts]);
}
