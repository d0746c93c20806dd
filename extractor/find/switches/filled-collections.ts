import type { Questions } from "../../evaluate/engine/questions.ts";
import { writesOf } from "../../evaluate/objects/class-writes.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { type ClassDef, classOf, type Variable } from "../../ir/unit.ts";
import { grouped } from "../../model/group.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { ConditionLimits } from "./condition-limits.ts";
import type { ConditionSearch } from "./condition-search.ts";
import type { Ask, Standing } from "./given.ts";
import { and, FALSY, NO_REQUIREMENTS, or, type Requirements, TRUTHY, UNREACHABLE } from "./requirements.ts";
import { runtimePath } from "./transfer-functions.ts";

const PUTS = new Set(["push", "unshift", "add", "set"]);
/** Methods whose result has an item only where what they are called on has one. */
const KEEPING = new Set(
  "slice splice map flatMap entries values keys reverse toReversed sort toSorted filter".split(" "),
);

/** `[]`, `new Map()`, or what another empties. */
const isEmpty = (e: Expr): boolean =>
  (e.kind === "array" && e.items.length === 0) || (e.kind === "call" && e.construct && e.arguments.length === 0);

/** Answers to what the items of a collection lead on to. */
interface Steps {
  ask: Ask;
  limits: ConditionLimits;
  /** What has to hold for a call to be reached, whoever asks. */
  reached: ConditionSearch["reached"];
}

/**
 * What has to hold for a collection to have an item: `if (queue.length)`, `for (const event of queue)`. Something was
 * put in, wherever that is done.
 */
export class FilledCollections {
  readonly #program: Questions["program"];
  readonly #steps: Steps;
  readonly #busy = new Set<Variable | string>();
  readonly #asked = new Map<Variable | string, number>();
  readonly #known = new Map<Variable | string, Requirements>();
  /** Collections whose filling is being asked, one inside the other. */
  #levels = 0;
  /** Calls that put something into a member, by its name. */
  #puts: ReadonlyMap<string, readonly Call[]> | null = null;

  constructor({ ev }: ConditionSearch, steps: Steps) {
    this.#program = ev.program;
    this.#steps = steps;
  }

  /** Null: it never has one. */
  of(e: Expr, at: Standing): Requirements {
    const next = { env: at.env, depth: at.depth + 1 };
    if (this.#steps.limits.isTooDeep(next.depth)) return NO_REQUIREMENTS;
    switch (e.kind) {
      case "ref":
        return this.#ofVariable(canonical(e.variable), next);
      case "member":
        return e.object.kind === "this" ? this.#ofField(classOf(e.object.func), e.property) : NO_REQUIREMENTS;
      case "await":
        return this.of(e.argument, next);
      case "conditional":
        return or(
          and(this.#steps.ask(e.test, TRUTHY, next), this.of(e.consequent, next)),
          and(this.#steps.ask(e.test, FALSY, next), this.of(e.alternate, next)),
        );
      case "array":
        return e.items
          .map((item) => (item.kind === "spread" ? this.of(item.argument, next) : NO_REQUIREMENTS))
          .reduce(or, UNREACHABLE);
      case "call":
        return this.#ofCall(e, next);
      default:
        return NO_REQUIREMENTS;
    }
  }

  #ofCall(e: Call, at: Standing): Requirements {
    const [first] = e.arguments;
    const path = runtimePath(e.callee);
    const isCopy = e.construct ? path === "Set" || path === "Map" : path === "Array.from";
    if (isCopy && first !== undefined && first.kind !== "spread") return this.of(first, at);
    if (e.construct || e.callee.kind !== "member" || !KEEPING.has(e.callee.property)) return NO_REQUIREMENTS;
    const kept = this.of(e.callee.object, at);
    if (e.callee.property !== "filter" || first === undefined) return kept;
    const test: Call = { ...e, callee: first, arguments: [{ kind: "unknown", name: "item", at: e.at }] };
    return and(kept, this.#steps.ask(test, TRUTHY, at));
  }

  #ofVariable(v: Variable, at: Standing): Requirements {
    const [only] = v.definitions;
    const puts = v.mutations.filter(({ path, method }) => path.length === 0 && PUTS.has(method));
    if (puts.length > 0) {
      const isAllSeen = v.definitions.every((d) => isEmpty(d.expression));
      const calls = puts.map(({ call }) => call);
      return isAllSeen ? this.#put(v, calls) : NO_REQUIREMENTS;
    }
    if (v.definitions.length !== 1 || v.writes.length > 0 || this.#busy.has(v)) return NO_REQUIREMENTS;
    // a list that something else may fill
    if (isEmpty(only!.expression)) return NO_REQUIREMENTS;
    this.#busy.add(v);
    const needs = this.of(only!.expression, at);
    this.#busy.delete(v);
    return needs;
  }

  /** `this.items.push(event)` in methods of the class that makes the list, or of one that may be below it. */
  #ofField(c: ClassDef | null, key: string): Requirements {
    if (c === null) return NO_REQUIREMENTS;
    const puts: Call[] = [];
    for (const call of this.#putsInto(key)) {
      const list = call.callee.kind === "member" ? call.callee.object : null;
      const other = list?.kind === "member" && list.object.kind === "this" ? classOf(list.object.func) : null;
      // what may be the same list, under another name
      if (other === null) return NO_REQUIREMENTS;
      if (other === c || other.parent !== null) puts.push(call);
    }
    const field = c.methods.get(key);
    const writes = (writesOf(this.#program, c).get(key) ?? []).map(({ write }) => write);
    const given = [...(field?.kind === "field" ? [field.expression] : []), ...writes.map((w) => w.expression)];
    // what a call puts in is a write as well
    const added = new Set(puts.map(({ at }) => at));
    const isAllSeen = given.every((e) => isEmpty(e) || ((e.kind === "array" || e.kind === "call") && added.has(e.at)));
    if (!isAllSeen || !given.some(isEmpty) || writes.some((w) => w.key !== null || w.path.length > 1))
      return NO_REQUIREMENTS;
    return this.#put(`${c.unit.file} ${c.at} ${key}`, puts);
  }

  #put(of: Variable | string, puts: readonly Call[]): Requirements {
    if (puts.length === 0 || puts.length > FIND_BOUNDS.conditionPuts) return NO_REQUIREMENTS;
    const known = this.#known.get(of);
    if (known !== undefined) return known;
    if (this.#busy.has(of) || this.#levels >= FIND_BOUNDS.conditionQueues) return NO_REQUIREMENTS;
    this.#busy.add(of);
    this.#levels++;
    const all = puts.map(this.#steps.reached);
    this.#levels--;
    this.#busy.delete(of);
    const needs = all.map((one) => one.needs).reduce(or, UNREACHABLE) ?? NO_REQUIREMENTS;
    const asked = (this.#asked.get(of) ?? 0) + 1;
    this.#asked.set(of, asked);
    if (this.#levels === 0 && all.every((one) => one.isWhole)) this.#known.set(of, needs);
    // what leans on every question that asks for it is never known: no claim
    else if (asked >= FIND_BOUNDS.conditionQueueTries) this.#known.set(of, NO_REQUIREMENTS);
    return needs;
  }

  #putsInto(key: string): readonly Call[] {
    this.#puts ??= grouped(
      [...PUTS].flatMap((method) => this.#program.callsOfMember.get(method) ?? []),
      ({ callee }) => (callee.kind === "member" && callee.object.kind === "member" ? callee.object.property : ""),
    );
    return this.#puts.get(key) ?? [];
  }
}
