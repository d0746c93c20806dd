import { literalText } from "../../evaluate/domain/value.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Func, Variable } from "../../ir/unit.ts";
import type { EnvironmentFinding } from "../../model/finding.ts";
import type { Callers } from "../calls/callers.ts";
import { searchContexts } from "../calls/context-search.ts";
import { evidenceAt, type Locate } from "../calls/evidence.ts";

const NAME = /^[A-Za-z_][A-Za-z0-9_]{0,100}$/;

/**
 * Every environment variable that code reads by name: `process.env.X`, through aliases, patterns and helpers told the
 * name.
 */
export function findEnvironment(
  ev: Questions,
  environments: EnvironmentObjects,
  callers: Callers,
  locate: Locate,
): EnvironmentFinding[] {
  const found: EnvironmentFinding[] = [];
  for (const unit of ev.program.units) {
    for (const { expression: e } of unit.reads) {
      if ((e.kind !== "member" && e.kind !== "index") || !environments.may(e.object)) continue;
      const evidence = () => evidenceAt(locate, unit, e.at);
      if (e.kind === "member") {
        if (NAME.test(e.property) && environments.is(e.object)) found.push({ name: e.property, evidence: evidence() });
      } else if (environments.is(e.object)) {
        for (const name of namesAt(ev, callers, e.index)) found.push({ name, evidence: evidence() });
      }
    }
  }
  return found;
}

/** `env[name]`: what the callers of the function give as name. */
function namesAt(ev: Questions, callers: Callers, e: Expr): Set<string> {
  const names = new Set<string>();
  searchContexts(ev, callers, {
    open: (ev) => {
      const open: Func[] = [];
      for (const v of ev.evaluate(e, null)) {
        if (v.kind === "text") for (const p of v.parts) if (typeof p === "object" && p.origin) open.push(p.origin.func);
      }
      return open;
    },
    answer: (ev) => {
      const before = names.size;
      for (const v of ev.evaluate(e, null)) {
        const name = literalText(v);
        if (name !== null && NAME.test(name)) names.add(name);
      }
      return names.size > before ? "news" : "nothing";
    },
  });
  return names;
}

/** Which expressions are `process.env` itself, or another name for it. */
export class EnvironmentObjects {
  readonly #ev: Questions;
  readonly #variables = new Map<Variable, boolean>();

  constructor(ev: Questions) {
    this.#ev = ev;
  }

  /** Cheap, by shape: evaluating every object of the program would cost more than all else. */
  may(e: Expr, depth = 0): boolean {
    switch (e.kind) {
      case "member":
        return e.property === "env";
      case "ref":
        return this.#variable(canonical(e.variable), depth);
      case "default":
        return this.may(e.expression, depth) || this.may(e.fallback, depth);
      case "choice":
        return this.may(e.left, depth) || this.may(e.right, depth);
      case "conditional":
        return this.may(e.consequent, depth) || this.may(e.alternate, depth);
      case "object":
        return e.members.some((m) => m.kind === "spread" && this.may(m.value, depth));
      default:
        return false;
    }
  }

  is(e: Expr): boolean {
    const values = this.#ev.ask(null, (ev) => ev.evaluate(e, null));
    return values.some((v) =>
      v.kind === "native" ? ENVIRONMENTS.has(v.path) : v.kind === "object" && this.#copies(e),
    );
  }

  /** `{...process.env}` */
  #copies(e: Expr): boolean {
    return this.may(e);
  }

  #variable(v: Variable, depth: number): boolean {
    let answer = this.#variables.get(v);
    if (answer === undefined) {
      if (depth > 4) return false;
      this.#variables.set(v, false);
      answer = v.definitions.some((d) => this.may(d.expression, depth + 1));
      this.#variables.set(v, answer);
    }
    return answer;
  }
}

const ENVIRONMENTS = new Set(["process.env", "node:process#env", "Bun.env"]);
