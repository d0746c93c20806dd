import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import type { PipelineFlag } from "../../model/report.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import { predicatesOf } from "../switches/condition-shapes.ts";
import type { FlagReaders } from "../switches/flag-reads.ts";

/** Flags that conditions around calls look at, at whatever distance: `if (isKilled("logs")) return`. */
export function flagsAround(ev: Questions, flags: FlagReaders, calls: Iterable<Call>): PipelineFlag[] {
  const found = new Map<string, PipelineFlag>();
  const seen = new Set<object>();
  let fuel = FIND_BOUNDS.flagFuel;
  const look = (e: Expr, level: number, random: boolean): void => {
    if (seen.has(e) || --fuel < 0) return;
    seen.add(e);
    for (const part of conditionAtoms(e)) look(part, level, random);
    if (e.kind !== "call") return;
    const name = flags.nameRead(e);
    if (name !== null) {
      const sampling = random || (level > 0 && e.within !== null && e.within.calls.some(isChance));
      if (sampling || !found.has(name)) found.set(name, { name, role: sampling ? "sampling" : "switch" });
      return;
    }
    if (level >= FIND_BOUNDS.flagLevels) return;
    for (const { func: f } of predicatesOf(ev, e, null)) {
      if (seen.has(f)) continue;
      seen.add(f);
      const chance = random || f.calls.some(isChance);
      for (const inner of f.calls) look(inner, level + 1, chance);
    }
  };
  for (const call of calls) {
    for (const at of [call, ...invocationsAround(ev, call)])
      for (let g = at.guard; g !== null; g = g.outer) look(g.test, 0, hasChance(g.test, 0));
  }
  return [...found.values()];
}

/**
 * `if (…) (function () { call })()`: a function that runs where it stands, as minifiers put one that is called once.
 */
function invocationsAround(ev: Questions, { within }: Call): Call[] {
  const around: Call[] = [];
  for (let f = within; f !== null; f = f.outer) {
    const invoked = ev.program.invoked.get(f);
    if (invoked !== undefined) around.push(invoked);
  }
  return around;
}

/** What a condition's outcome hangs on. */
function conditionAtoms(e: Expr): Expr[] {
  switch (e.kind) {
    case "not":
    case "await":
      return [e.argument];
    case "choice":
    case "compare":
      return [e.left, e.right];
    case "conditional":
      return [e.test, e.consequent, e.alternate];
    case "member":
      return [e.object];
    case "index":
      return [e.object, e.index];
    case "ref": {
      const { definitions } = canonical(e.variable);
      return definitions.length <= FIND_BOUNDS.flagDefinitions ? definitions.map((d) => d.expression) : [];
    }
    default:
      return [];
  }
}

/** `Math.random() < rate`, said in the condition itself. */
function hasChance(e: Expr, depth: number): boolean {
  if (e.kind === "call") return isChance(e);
  return (
    depth < FIND_BOUNDS.flagLevels && e.kind !== "ref" && conditionAtoms(e).some((part) => hasChance(part, depth + 1))
  );
}

const isChance = ({ callee: f }: Call): boolean =>
  f.kind === "member" &&
  f.property === "random" &&
  f.object.kind === "ref" &&
  canonical(f.object.variable).name === "Math";
