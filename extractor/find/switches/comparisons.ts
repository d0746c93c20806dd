import { literalText, NOTHING } from "../../evaluate/domain/value.ts";
import type { Env } from "../../evaluate/engine/env.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Compare, Expr } from "../../ir/expression.ts";
import { constantOf, truthOf } from "./condition-shapes.ts";
import type { Ask, Standing } from "./given.ts";
import {
  before,
  equal,
  NO_REQUIREMENTS,
  type Requirements,
  unequal,
  type ValueConstraint,
  wished,
} from "./requirements.ts";
import type { SwitchReader } from "./switch-reader.ts";
import { ofComparison } from "./transfer-functions.ts";

const MIRRORED = { "<": ">", ">": "<", "<=": ">=", ">=": "<=" } as const;

/** What has to hold for a comparison to turn out as wished, where one side is known. */
export class Comparisons {
  readonly #ev: Questions;
  readonly #switches: SwitchReader;
  readonly #ask: Ask;

  constructor(ev: Questions, switches: SwitchReader, ask: Ask) {
    this.#ev = ev;
    this.#switches = switches;
    this.#ask = ask;
  }

  of(e: Compare, wish: ValueConstraint, at: Standing): Requirements {
    const { env } = at;
    if (e.operator === "in") {
      const read = this.#switches.presence(e.right, e.left, env);
      return read === null
        ? NO_REQUIREMENTS
        : wished(
            read,
            before(wish, "in", (v) => v !== undefined),
          );
    }
    const right = this.constant(e.right, env);
    const left = right === null ? this.constant(e.left, env) : null;
    const constant = right ?? left;
    if (constant === null) return NO_REQUIREMENTS;
    const open = right === null ? e.right : e.left;
    switch (e.operator) {
      case "===":
      case "!==":
        return truthOf(wish, (yes) =>
          this.#ask(open, yes === (e.operator === "===") ? equal(constant.value) : unequal(constant.value), at),
        );
      case "<":
      case ">":
      case "<=":
      case ">=": {
        const { value } = constant;
        const operator = right === null ? MIRRORED[e.operator] : e.operator;
        if (typeof value !== "number") return NO_REQUIREMENTS;
        return truthOf(wish, (yes) => this.#ask(open, ofComparison(operator, value, yes), at));
      }
      default:
        return NO_REQUIREMENTS;
    }
  }

  /** A literal, or what the call that we are in was given as one. */
  constant(e: Expr, env: Env | null): { value: unknown } | null {
    const known = constantOf(e);
    const isOfCall = env !== null && (e.kind === "ref" || e.kind === "param");
    if (known !== null || !(isOfCall || e.kind === "member")) return known;
    const values = this.#ev.tryWithin((ev) => ev.evaluate(e, env), NOTHING);
    const [only] = values;
    if (values.length !== 1) return null;
    if (only!.kind === "scalar") return only!;
    const text = literalText(only);
    return text === null ? null : { value: text };
  }
}
