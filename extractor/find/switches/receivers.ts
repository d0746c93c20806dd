import { argumentAt } from "../../evaluate/engine/call-frames.ts";
import { type Env, envOf } from "../../evaluate/engine/env.ts";
import type { Expr, Param } from "../../ir/expression.ts";
import { memberExpr } from "../../ir/operands.ts";
import { canonical } from "../../ir/program.ts";
import { classOf, type Func } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { ConditionSearch } from "./condition-search.ts";

/** What an expression is in one of the calls that lead to it. */
export interface Receiver {
  expression: Expr;
  env: Env | null;
}

/**
 * What the object of a method may be, where it comes in from outside: by a parameter, or by a field that a parameter
 * gives its value. Null where that is not all seen, or too much.
 *
 * ```js
 * class Client { constructor({ config }) { this.config = config } send() { if (this.config.isOn()) … } }
 * new Client({ config: new Config() });                                      // this.config: new Config()
 * ```
 */
export class Receivers {
  readonly #calledWith: ConditionSearch["calledWith"];
  /** Parameters whose callers are being asked: one that hands its own on tells nothing new. */
  readonly #asked = new Set<Param>();

  constructor(calledWith: ConditionSearch["calledWith"]) {
    this.#calledWith = calledWith;
  }

  of(object: Expr): readonly Receiver[] | null {
    const found = this.#of({ expression: object, env: null }, FIND_BOUNDS.conditionReceivers);
    return found !== null && found.length > 0 && found[0]!.expression !== object ? found : null;
  }

  #of(at: Receiver, depth: number): Receiver[] | null {
    const { expression: e, env } = at;
    if (depth === 0) return null;
    switch (e.kind) {
      case "await":
        return this.#of({ expression: e.argument, env }, depth);
      case "param":
        return this.#given(e, env, depth - 1);
      case "default":
        return e.expression.kind === "param" ? this.#given(e.expression, env, depth - 1, e.fallback) : [at];
      case "ref": {
        const { definitions, owner } = canonical(e.variable);
        const [only] = definitions;
        const isPassedOn = definitions.length === 1 && PASSING.has(only!.expression.kind);
        return isPassedOn ? this.#of({ expression: only!.expression, env: envOf(env, owner) }, depth - 1) : [at];
      }
      case "member":
        // `process.env`
        if (isGlobal(e.object)) return [at];
        return e.object.kind === "this"
          ? this.#field(e.object.func, e.property, depth - 1)
          : this.#member(this.#of({ expression: e.object, env }, depth - 1), e.property, depth - 1);
      default:
        return [at];
    }
  }

  /** @param fallback what it is where nothing is given */
  #given(of: Param, env: Env | null, depth: number, fallback?: Expr): Receiver[] | null {
    if (this.#asked.has(of)) return [];
    const known = envOf(env, of.func)?.args;
    const calls = known ? [known] : this.#calledWith(of.func);
    if (calls === null) return null;
    this.#asked.add(of);
    const given = calls.map((args) => {
      const a = argumentAt(args, of.index);
      if (a === undefined) return fallback === undefined ? null : { expression: fallback, env };
      return "expression" in a ? { expression: a.expression, env: a.env } : null;
    });
    const found = this.#each(given, depth);
    this.#asked.delete(of);
    return found;
  }

  /** All that the class gives the field; that it is nothing for now is no object to call. */
  #field(f: Func | null, key: string, depth: number): Receiver[] | null {
    const c = classOf(f);
    if (c === null || f?.static) return null;
    const functions = [
      c.constructorFunction,
      ...[...c.methods.values()].map((m) => (m.kind === "field" ? null : m.func)),
    ];
    const writes = functions.flatMap((one) => one?.thisWrites.filter((w) => w.path[0] === key) ?? []);
    if (writes.some((w) => w.key !== null || w.path.length !== 1)) return null;
    const field = c.methods.get(key);
    const given = [...(field?.kind === "field" ? [field.expression] : []), ...writes.map((w) => w.expression)];
    const objects = given.filter((e) => e.kind !== "literal" || e.value != null);
    return this.#each(
      objects.map((expression) => ({ expression, env: null })),
      depth,
    );
  }

  #member(objects: readonly Receiver[] | null, key: string, depth: number): Receiver[] | null {
    if (objects === null) return null;
    return this.#each(
      objects.map(({ expression: o, env }) => {
        const expression = o.kind === "object" ? memberExpr(o, key) : undefined;
        return expression === undefined ? null : { expression, env };
      }),
      depth,
    );
  }

  #each(all: readonly (Receiver | null)[], depth: number): Receiver[] | null {
    const found: Receiver[] = [];
    for (const one of all) {
      const of = one === null ? null : this.#of(one, depth);
      if (of === null || found.length + of.length > FIND_BOUNDS.gateArguments) return null;
      found.push(...of);
    }
    return found;
  }
}

const isGlobal = (e: Expr): boolean => {
  if (e.kind !== "ref") return false;
  const { declared, definitions } = canonical(e.variable);
  return !declared && definitions.length === 0;
};

/** What only says again what is meant. */
const PASSING: ReadonlySet<Expr["kind"]> = new Set(["param", "ref", "member", "await", "default"]);
