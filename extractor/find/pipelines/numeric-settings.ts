import { NOTHING, type Value } from "../../evaluate/domain/value.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { Setting } from "../../model/report.ts";
import { isHole } from "../../model/template.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { Callers } from "../calls/callers.ts";
import { predicatesOf } from "../switches/condition-shapes.ts";
import type { FlagReaders } from "../switches/flag-reads.ts";

/** Numbers that an expression may come to, and who may set another one; null where nothing is known of it. */
export class SettingReader {
  readonly #ev: Questions;
  readonly #callers: Callers;
  readonly #flags: FlagReaders;

  constructor(ev: Questions, callers: Callers, flags: FlagReaders) {
    this.#ev = ev;
    this.#callers = callers;
    this.#flags = flags;
  }

  read(e: Expr): Setting | null {
    const found: FoundSetting = {
      values: new Set(),
      env: new Set(),
      config: new Set(),
      flags: new Set(),
      seen: new Set(),
    };
    let fuel = FIND_BOUNDS.settingFuel;
    const walk = (x: Expr, depth: number): void => {
      if (depth > FIND_BOUNDS.settingDepth || --fuel < 0) return;
      for (const part of this.#partsOf(x, found)) walk(part, depth + 1);
    };
    walk(e, 0);
    const { values, env, config, flags } = found;
    if (values.size + env.size + config.size + flags.size === 0) return null;
    return { values: [...values], env: [...env], config: [...config], flags: [...flags] };
  }

  /** Takes down what an expression says of the number itself; yields what else it may come from. */
  #partsOf(x: Expr, found: FoundSetting): Expr[] {
    switch (x.kind) {
      case "literal":
        addNumber(found, x.value);
        return [];
      case "await":
      case "spread":
        return [x.argument];
      case "choice":
        return [x.left, x.right];
      case "conditional":
        return [x.consequent, x.alternate];
      case "default":
        return [x.expression, x.fallback];
      case "concat":
        return x.parts;
      case "ref": {
        const v = canonical(x.variable);
        return isNew(found, v) ? v.definitions.map((d) => d.expression) : [];
      }
      case "param": {
        const sites = this.#callers.of(x.func);
        if (sites.length > FIND_BOUNDS.settingCallers || !isNew(found, x.func)) return [];
        return sites.flatMap(({ frame }) => {
          const a = frame.args?.[x.index];
          return a && "expression" in a ? [a.expression] : [];
        });
      }
      case "member":
      case "index":
        for (const v of this.#ev.tryWithin((ev) => ev.evaluate(x, null), NOTHING)) addValue(found, v);
        return [x.object];
      case "call":
        return this.#partsOfCall(x, found);
      default:
        return [];
    }
  }

  #partsOfCall(x: Call, { flags }: FoundSetting): Expr[] {
    const name = this.#flags.nameRead(x);
    if (name !== null) {
      flags.add(name);
      return [];
    }
    const callees = x.construct ? [] : predicatesOf(this.#ev, x, null);
    if (callees.length > 0) return callees.flatMap(({ func: f }) => f.returns.map(({ expression: e }) => e));
    // `parseInt(x)`, `x.toString()`
    return [...x.arguments.slice(0, 1), ...(x.callee.kind === "member" ? [x.callee.object] : [])];
  }
}

interface FoundSetting {
  values: Set<number>;
  env: Set<string>;
  config: Set<string>;
  flags: Set<string>;
  seen: Set<object>;
}

function isNew({ seen }: FoundSetting, subject: object): boolean {
  if (seen.has(subject)) return false;
  seen.add(subject);
  return true;
}

function addNumber({ values }: FoundSetting, v: unknown): void {
  if (typeof v === "number" ? Number.isFinite(v) : typeof v === "string" && /^\d+$/.test(v)) values.add(Number(v));
}

function addValue(found: FoundSetting, v: Value): void {
  if (v.kind === "scalar") addNumber(found, v.value);
  if (v.kind !== "text") return;
  for (const piece of v.parts) {
    if (!isHole(piece)) addNumber(found, piece);
    else if (piece.kind === "env") found.env.add(piece.name);
    else if (piece.kind === "config") found.config.add(piece.name);
  }
}
