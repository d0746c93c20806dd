import type { Expr } from "../../ir/expression.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Variable, Write } from "../../ir/unit.ts";
import {
  hole,
  join,
  joinAll,
  literalText,
  NOTHING,
  onlyHole,
  type PropertyWrites,
  type Values,
} from "../domain/value.ts";
import { conditionOutcome } from "../engine/condition-outcome.ts";
import type { Env } from "../engine/env.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { firstOpenParameter } from "../engine/open-holes.ts";
import { isConditionalReplacement, type Replacement, replacement } from "./conditional-replacements.ts";
import { copiedFrom } from "./copied-members.ts";
import { fallbackWrite } from "./fallback-writes.ts";
import { withWrites } from "./with-writes.ts";

export interface WrittenProperty {
  values: Values;
  /** The function that made the object surely writes them. */
  isStrong: boolean;
}

interface WrittenPropertyParts extends WrittenProperty {
  fallbacks: Values;
  replacements: readonly Replacement[];
}

/** What was written to a member after the object was made. */
export function writtenProperty(ev: Evaluator, writers: readonly PropertyWrites[], key: string): WrittenProperty {
  const apart = writtenPropertyParts(ev, writers, key);
  const { values, isStrong: certain, fallbacks: standIns, replacements } = apart;
  if (standIns.length === 0 && replacements.length === 0) return apart;
  return { values: join(values, standIns, ...replacements.map(({ written }) => written)), isStrong: certain };
}

/**
 * What was written to members whose name a caller says: `function register(name, f) { table[name] = f }`. Only what a
 * caller hands in too is told of: under each caller the name is known.
 */
export function writtenUnderAnyName(ev: Evaluator, writers: readonly PropertyWrites[]): Values {
  const sets: Values[] = [];
  for (const { variable: v, env, at } of writers) {
    for (const w of v.writes) {
      if (w.key === null || w.path.length !== at.length || !isUnder(w.path, at)) continue;
      if (firstOpenParameter(ev.evaluate(w.key, env)) === undefined) continue;
      const values = ev.evaluate(w.expression, env).filter((v) => firstOpenParameter([v]) !== undefined);
      sets.push(values.map(untold));
    }
  }
  return joinAll(sets);
}

/** Whether it is the member that was asked for, a caller says first: `options[name] = value`. */
export function isUntold(v: Values[number]): boolean {
  const h = onlyHole(v);
  return h?.kind === "unknown" && h.origin !== undefined;
}

function untold(v: Values[number]): Values[number] {
  const h = onlyHole(v);
  return h === null ? v : hole("unknown", h.name, h.origin);
}

/** The same; apart from the rest, what is written only where the member holds nothing, or something certain. */
export function writtenPropertyParts(
  ev: Evaluator,
  writers: readonly PropertyWrites[],
  key: string,
): WrittenPropertyParts {
  if (writers.length === 0) return NOT_WRITTEN;
  let replacements: readonly Replacement[] = NONE;
  let values: Values = [];
  let standIns: Values = NOTHING;
  let certain = false;
  for (const writes of writers) {
    const { variable: v, env, at } = writes;
    let deeper = v.mutations.some((m) => m.path[at.length] === key && isUnder(m.path, at));
    const ifEmpty: Write[] = [];
    // joined at once: hundreds may write one member
    const sets: Values[] = [values];
    for (const w of writesTo(ev, v, at[0] ?? key)) {
      if (!isUnder(w.path, at)) continue;
      if (w.key !== null) {
        if (w.path.length !== at.length) continue;
        const given = computedWrite(ev, w, key, env);
        const guessed = copiedFrom(w.key, w.expression) === null ? NOTHING : given.filter(isUnknown);
        // of an object that nothing is known of: told where the key is given nowhere else
        standIns = join(standIns, guessed);
        sets.push(guessed.length > 0 ? given.filter((v) => !isUnknown(v)) : given);
      } else if (w.path[at.length] === key) {
        if (w.path.length === at.length + 1) {
          if (!ev.isReachable(w.guard, env)) continue;
          if (fallbackWrite(v, w) !== null) {
            ifEmpty.push(w);
            continue;
          }
          if (isConditionalReplacement(w.guard, v, w.path)) {
            replacements = [...replacements, replacement(ev, v, w, env)];
            continue;
          }
          const written = ev.evaluate(w.expression, env);
          sets.push(written);
          certain ||= written.length > 0 && isStrongUpdate(ev, v, w, env);
        } else deeper = true;
      }
    }
    for (const w of ifEmpty) {
      // what the member held before gets what is written into it later
      if (deeper) sets.push(ev.evaluate(w.expression, env));
      else standIns = join(standIns, ev.evaluate(fallbackWrite(v, w)!, env));
    }
    values = joinAll(sets);
    if (!deeper) continue;
    const under: PropertyWrites = { variable: v, env, at: [...at, key] };
    values =
      values.length === 0
        ? [{ kind: "object", node: null, env, without: [], writers: [under] }]
        : withWrites(ev, values, under);
  }
  return { values, isStrong: certain, fallbacks: standIns, replacements };
}

/** What a write under a computed name, `to[k] = e`, gives the member of that name. */
export function computedWrite(ev: Evaluator, { key, expression: e }: Write, member: string, env: Env | null): Values {
  if (key === null) return NOTHING;
  const names = ev.evaluate(key, env).map(literalText);
  const from = copiedFrom(key, e);
  if (from === null) return names.includes(member) ? ev.evaluate(e, env) : NOTHING;
  // the names of something unknown are one, and empty
  const mayBe = names.length === 0 || [member, null, ""].some((name) => names.includes(name));
  return mayBe ? ev.evaluate(copiedMember(ev, from, member), env).filter(isThere) : NOTHING;
}

const copied = new CacheKey<Expr, Map<string, Expr>>();

/** The member of that name where the copy comes from: one expression for all who ask, so that it is computed once. */
function copiedMember({ program }: Evaluator, from: Expr, member: string): Expr {
  const known = program.cache.once(copied, from, () => new Map<string, Expr>());
  const e = known.get(member) ?? { kind: "member", object: from, property: member, at: 0 };
  known.set(member, e);
  return e;
}

const isUnknown = (v: Values[number]): boolean => onlyHole(v) !== null;

const isThere = (v: Values[number]): boolean => v.kind !== "scalar" || v.value !== undefined;

const NONE: readonly Replacement[] = [];
const NOT_WRITTEN: WrittenPropertyParts = { values: NOTHING, isStrong: false, fallbacks: NOTHING, replacements: NONE };

function isUnder(path: readonly string[], at: readonly string[]): boolean {
  for (let i = 0; i < at.length; i++) if (path[i] !== at[i]) return false;
  return true;
}

/**
 * Writes that may concern a member, found once where there are many: those to its name, and those that compute
 * theirs.
 */
function writesTo({ program }: Evaluator, v: Variable, member: string): readonly Write[] {
  if (v.writes.length <= FEW) return v.writes;
  const byMember = program.cache.once(writesByMember, v, () => new Map<string, readonly Write[]>());
  let writes = byMember.get(member);
  if (writes === undefined) {
    writes = v.writes.filter(({ path }) => path.length === 0 || path[0] === member);
    byMember.set(member, writes);
  }
  return writes;
}

const FEW = 4;
const writesByMember = new CacheKey<Variable, Map<string, readonly Write[]>>();

/**
 * `const o = {method: "GET"}; if (method) o.method = method`: where the condition holds, nothing is left of what was
 * there.
 */
function isStrongUpdate(ev: Evaluator, v: Variable, w: Write, env: Env | null): boolean {
  const [made, ...others] = v.definitions;
  if (made === undefined || others.length > 0 || w.within === null || w.within !== made.within) return false;
  for (let g = w.guard; g !== null && g !== made.guard; g = g.outer) {
    const is = conditionOutcome(ev, g.test, env);
    if (is !== g.is && !(is === null && g.is && isGiven(ev.evaluate(g.test, env)))) return false;
  }
  return true;
}

/** One text or another: an option that is set here, and may be set by somebody else instead. */
const isGiven = (values: Values): boolean =>
  values.some((v) => literalText(v)) && values.every((v) => v.kind === "text" && v.parts.length > 0);
