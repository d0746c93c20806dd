import { literalText, NOTHING } from "../../evaluate/domain/value.ts";
import { type Env, envOf } from "../../evaluate/engine/env.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call, Expr, Index, Member } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { switchOf } from "./condition-shapes.ts";
import type { EnvironmentObjects } from "./environment-reads.ts";
import type { Switch } from "./requirements.ts";

/** Reads switches off expressions: variables of the environment, settings, flags. */
export class SwitchReader {
  readonly #ev: Questions;
  readonly #environments: EnvironmentObjects;
  /** A look that came to nothing cost as much as looks may: none is repeated. */
  readonly #known = new Map<Expr, Switch | null>();

  constructor(ev: Questions, environments: EnvironmentObjects) {
    this.#ev = ev;
    this.#environments = environments;
  }

  /** The switch that a member stands for, where it can stand for nothing else. */
  at(e: Member | Index, env: Env | null): Switch | null {
    const objects = e.object;
    const mayBe =
      this.#environments.may(objects) || objects.kind === "call" || objects.kind === "ref" || objects.kind === "member";
    if (!mayBe) return null;
    const read = () => switchOf(this.#ev.tryWithin((ev) => ev.evaluate(e, env), NOTHING));
    if (env !== null) return read();
    let found = this.#known.get(e);
    if (found === undefined) {
      found = read();
      this.#known.set(e, found);
    }
    return found;
  }

  /** `"X" in process.env` */
  presence(object: Expr, key: Expr, env: Env | null): Switch | null {
    if (!this.#environments.may(object)) return null;
    const [name, ...others] = this.#ev.tryWithin((ev) => ev.evaluate(key, env), NOTHING);
    const text = literalText(name);
    if (text === null || others.length > 0) return null;
    return this.at({ kind: "member", object, property: text, at: 0 }, env);
  }

  /** `Object.hasOwn(process.env, "X")`, `process.env.hasOwnProperty("X")`, `Object.keys(process.env).includes("X")`. */
  presenceAsked({ callee, arguments: given, construct }: Call, env: Env | null): Switch | null {
    const [first, second] = given;
    if (construct || callee.kind !== "member" || first === undefined) return null;
    const { object, property } = callee;
    if (property === "hasOwnProperty") return this.presence(object, first, env);
    if (second !== undefined && (property === "hasOwn" || property === "has")) return this.presence(first, second, env);
    // `Object.prototype.hasOwnProperty.call(process.env, "X")`
    if (second !== undefined && property === "call" && object.kind === "member" && object.property === "hasOwnProperty")
      return this.presence(first, second, env);
    const isKeys = object.kind === "call" && object.callee.kind === "member" && object.callee.property === "keys";
    const listed = isKeys && property === "includes" ? object.arguments[0] : undefined;
    return listed === undefined ? null : this.presence(listed, first, env);
  }

  /** The one switch among what a call is told, constants aside. */
  toldTo(e: Call, env: Env | null): { of: Switch; argument: number | null } | null {
    let found: { of: Switch; argument: number | null } | null = null;
    const receiver = e.callee.kind === "member" ? e.callee.object : null;
    const looked = [
      ...e.arguments.map((a, i) => ({ a, argument: i as number | null })),
      ...(receiver ? [{ a: receiver, argument: null }] : []),
    ];
    for (const { a, argument } of looked) {
      if (a.kind === "literal" || a.kind === "array" || a.kind === "object" || a.kind === "regexp") continue;
      const of = this.#direct(a, env, 0);
      if (of !== null) {
        if (found !== null) return null;
        found = { of, argument };
      } else if (argument !== null) return null;
    }
    return found;
  }

  /** A switch as such, or what is computed from it alone: `env.X.trim()`, `new URL(env.X).host`. */
  #direct(e: Expr, env: Env | null, depth: number): Switch | null {
    if (depth > 6) return null;
    switch (e.kind) {
      case "member":
      case "index":
        return this.at(e, env) ?? this.#direct(e.object, env, depth + 1);
      case "call":
        if (e.construct) return e.arguments.length === 1 ? this.#direct(e.arguments[0]!, env, depth + 1) : null;
        return e.callee.kind === "member" && e.arguments.length === 0
          ? this.#direct(e.callee.object, env, depth + 1)
          : null;
      case "ref": {
        const { definitions } = canonical(e.variable);
        return definitions.length === 1
          ? this.#direct(definitions[0]!.expression, envOf(env, canonical(e.variable).owner), depth + 1)
          : null;
      }
      case "param": {
        const a = envOf(env, e.func)?.args?.[e.index];
        return a && "expression" in a ? this.#direct(a.expression, a.env, depth + 1) : null;
      }
      default:
        return null;
    }
  }
}
