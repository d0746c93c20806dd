import { literalText, NOTHING, onlyHole } from "../../evaluate/domain/value.ts";
import { type Env, envOf } from "../../evaluate/engine/env.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call, Expr, Index, Member } from "../../ir/expression.ts";
import { canonical, soleDefinition } from "../../ir/program.ts";
import { OPTION_NAME } from "../../model/switches/gates.ts";
import type { ConditionSearch } from "./condition-search.ts";
import { switchOf } from "./condition-shapes.ts";
import type { EnvironmentObjects } from "./environment-reads.ts";
import { Receivers } from "./receivers.ts";
import type { Switch } from "./requirements.ts";

/** What a list says of an item that it has, and of one that it hasn't. */
const ASKS: Readonly<Record<string, Omit<OptionAsked, "of">>> = {
  includes: { missing: false, there: true },
  indexOf: { missing: -1, there: 2 },
};
/** Variables of the environment, as they are usually written. */
const VARIABLE = /^[A-Z][A-Z0-9_]+$/;

/** `process.argv.slice(2)`, in a variable or not, as what it is a part of. */
function withoutSlices(e: Expr): Expr {
  const whole = soleDefinition(e);
  return whole.kind === "call" && whole.callee.kind === "member" && whole.callee.property === "slice"
    ? whole.callee.object
    : e;
}

interface OptionAsked {
  of: Switch;
  missing: unknown;
  there: unknown;
}

/** Reads switches off expressions: variables of the environment, settings, flags. */
export class SwitchReader {
  readonly #ev: Questions;
  readonly #environments: EnvironmentObjects;
  readonly receivers: Receivers;
  /** A look that came to nothing cost as much as looks may: none is repeated. */
  readonly #known = new Map<Expr, Switch | null>();

  constructor({ ev, environments, calledWith }: Pick<ConditionSearch, "ev" | "environments" | "calledWith">) {
    this.#ev = ev;
    this.#environments = environments;
    this.receivers = new Receivers(calledWith);
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

  /** `process.argv.includes("--no-telemetry")`: the option, and what the call says without it and with it. */
  optionAsked({ callee, arguments: [first], construct }: Call, env: Env | null): OptionAsked | null {
    if (construct || callee.kind !== "member" || first === undefined) return null;
    const said = Object.hasOwn(ASKS, callee.property) ? ASKS[callee.property] : undefined;
    if (said === undefined) return null;
    const [name, ...others] = this.#ev.tryWithin((ev) => ev.evaluate(first, env), NOTHING).map(literalText);
    if (name == null || others.length > 0 || !OPTION_NAME.test(name)) return null;
    return this.#isCommandLine(callee.object, env) ? { of: { kind: "option", name }, ...said } : null;
  }

  #isCommandLine(e: Expr, env: Env | null): boolean {
    const list = withoutSlices(e);
    const handed = env === null ? this.receivers.of(list) : null;
    return (handed ?? [{ expression: list, env }]).every(({ expression, env }) =>
      this.#ev
        .tryWithin((ev) => ev.evaluate(withoutSlices(expression), env), NOTHING)
        .some((v) => onlyHole(v)?.kind === "argument"),
    );
  }

  /** `function on(env) { return !env.OFF }`, `on(process.env)`: a variable of what all callers hand in. */
  handedIn(e: Member | Index): Switch | null {
    if (e.kind !== "member" || !VARIABLE.test(e.property)) return null;
    const all = (this.receivers.of(e.object) ?? []).map(({ expression: object, env }) =>
      this.at({ ...e, object }, env),
    );
    const [first] = all;
    return first != null && all.every((one) => one?.kind === first.kind && one.name === first.name) ? first : null;
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
