import type { Evaluator } from "../evaluate/evaluator.ts";
import type { Call, Expr } from "../ir/expression.ts";
import { homeOf } from "../ir/program.ts";
import type { Func } from "../ir/unit.ts";
import type { PipelineFlag } from "../model/report.ts";
import { calleesOf } from "./condition-shapes.ts";
import type { FlagReaders } from "./flags.ts";

/** Functions that a condition asks, and those that they ask. */
const LEVELS = 3;
const FUEL = 200;

/** Flags that conditions around calls look at, at whatever distance: `if (isKilled("logs")) return`. */
export function flagsAround(ev: Evaluator, flags: FlagReaders, calls: Iterable<Call>): PipelineFlag[] {
  const found = new Map<string, PipelineFlag>();
  const seen = new Set<object>();
  let fuel = FUEL;
  const note = (call: Call, f: Func | null): void => {
    const name = flags.nameRead(call);
    if (name === null) return;
    const role = f !== null && f.calls.some(isChance) ? "sampling" : "switch";
    if (found.get(name)?.role !== "sampling") found.set(name, { name, role });
  };
  const look = (e: Expr, level: number): void => {
    if (seen.has(e) || --fuel < 0) return;
    seen.add(e);
    switch (e.k) {
      case "not":
      case "await":
        return look(e.e, level);
      case "choice":
      case "compare":
        look(e.l, level);
        return look(e.r, level);
      case "conditional":
        look(e.test, level);
        look(e.yes, level);
        return look(e.no, level);
      case "member":
        return look(e.o, level);
      case "ref": {
        const v = homeOf(e.v);
        if (v.definitions.length <= 4) for (const d of v.definitions) look(d.e, level);
        return;
      }
      case "call": {
        note(e, e.within);
        if (level >= LEVELS) return;
        for (const { f } of calleesOf(ev, e, null)) {
          if (seen.has(f)) continue;
          seen.add(f);
          for (const inner of f.calls) look(inner, level + 1);
        }
        return;
      }
      default:
    }
  };
  for (const call of calls) for (let g = call.guard; g !== null; g = g.outer) look(g.test, 0);
  return [...found.values()];
}

const isChance = ({ f }: Call): boolean =>
  f.k === "member" && f.p === "random" && f.o.k === "ref" && homeOf(f.o.v).name === "Math";
