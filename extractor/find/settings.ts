import type { Evaluator } from "../evaluate/evaluator.ts";
import type { Call, Expr } from "../ir/expression.ts";
import { homeOf } from "../ir/program.ts";
import type { Setting } from "../model/report.ts";
import { isHole } from "../model/template.ts";
import type { Callers } from "./callers.ts";
import { calleesOf } from "./condition-shapes.ts";
import type { FlagReaders } from "./flags.ts";

/** Expressions inside expressions, definitions and functions. */
const DEPTH = 10;
const FUEL = 120;
/** So many callers tell what a parameter usually is. */
const CALLERS = 6;

/** Numbers that an expression may come to, and who may set another one; null where nothing is known of it. */
export class SettingReader {
  readonly #ev: Evaluator;
  readonly #callers: Callers;
  readonly #flags: FlagReaders;

  constructor(ev: Evaluator, callers: Callers, flags: FlagReaders) {
    this.#ev = ev;
    this.#callers = callers;
    this.#flags = flags;
  }

  read(e: Expr): Setting | null {
    const found = {
      values: new Set<number>(),
      env: new Set<string>(),
      config: new Set<string>(),
      flags: new Set<string>(),
    };
    const seen = new Set<object>();
    let fuel = FUEL;
    const number = (v: unknown): void => {
      if (typeof v === "number" ? Number.isFinite(v) : typeof v === "string" && /^\d+$/.test(v))
        found.values.add(Number(v));
    };
    const walk = (x: Expr, depth: number): void => {
      if (depth > DEPTH || --fuel < 0) return;
      const next = (y: Expr) => walk(y, depth + 1);
      switch (x.k) {
        case "literal":
          return number(x.v);
        case "await":
        case "spread":
          return next(x.e);
        case "choice":
          next(x.l);
          return next(x.r);
        case "conditional":
          next(x.yes);
          return next(x.no);
        case "default":
          next(x.e);
          return next(x.d);
        case "concat":
          return x.parts.forEach(next);
        case "ref": {
          const v = homeOf(x.v);
          if (seen.has(v)) return;
          seen.add(v);
          for (const d of v.definitions) next(d.e);
          return;
        }
        case "param": {
          const sites = this.#callers.of(x.f);
          if (seen.has(x.f) || sites.length > CALLERS) return;
          seen.add(x.f);
          for (const { frame } of sites) {
            const a = frame.args?.[x.i];
            if (a && "e" in a) next(a.e);
          }
          return;
        }
        case "member":
        case "index": {
          for (const v of this.#ev.glance(() => this.#ev.evaluate(x, null))) {
            if (v.t === "scalar") number(v.v);
            else if (v.t === "text")
              for (const piece of v.parts) {
                if (!isHole(piece)) number(piece);
                else if (piece.kind === "env") found.env.add(piece.name);
                else if (piece.kind === "config") found.config.add(piece.name);
              }
          }
          return next(x.o);
        }
        case "call":
          return this.#call(x, next, (name) => found.flags.add(name));
        default:
      }
    };
    walk(e, 0);
    const [values, env, config, flags] = [found.values, found.env, found.config, found.flags].map((s) => [...s]) as [
      number[],
      string[],
      string[],
      string[],
    ];
    if (values.length + env.length + config.length + flags.length === 0) return null;
    return { values, env, config, flags };
  }

  #call(x: Call, next: (e: Expr) => void, flag: (name: string) => void): void {
    const name = this.#flags.nameRead(x);
    if (name !== null) return flag(name);
    const callees = x.construct ? [] : calleesOf(this.#ev, x, null);
    for (const { f } of callees) for (const { e } of f.returns) next(e);
    // `parseInt(x)`, `x.toString()`
    if (callees.length > 0) return;
    x.a.slice(0, 1).forEach(next);
    if (x.f.k === "member") next(x.f.o);
  }
}
