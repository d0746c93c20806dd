import type { Call } from "../../ir/expression.ts";
import type { Unit } from "../../ir/unit.ts";
import type { Evidence } from "../../model/report.ts";

/** Line and column of an offset in a file, both 1-based. */
export type Locate = (file: string, offset: number) => { line: number; column: number };

export function evidenceAt(locate: Locate, unit: Unit, at: number): Evidence {
  return { file: unit.file, ...locate(unit.file, at) };
}

/** Where a sink is, and the callers that were assumed, from the sink outwards. */
export function callEvidence(locate: Locate, call: Call, path: readonly Call[]): Evidence {
  const evidence = evidenceAt(locate, call.unit, call.at);
  if (path.length === 0) return evidence;
  const derivation = path.map((caller) => ({
    what: `called from ${caller.unit.file}`,
    ...(caller.unit.file === call.unit.file ? {} : { file: caller.unit.file }),
    ...locate(caller.unit.file, caller.at),
  }));
  return { ...evidence, derivation };
}
