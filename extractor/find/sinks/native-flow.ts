import { NOTHING } from "../../evaluate/domain/value.ts";
import { firstOpenParameter } from "../../evaluate/engine/open-holes.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { parentsOf } from "../../evaluate/objects/superclass.ts";
import type { Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import { parentOf } from "../../ir/super-call.ts";
import type { ArgumentUse, Variable } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import { ClassHierarchy } from "../calls/class-hierarchy.ts";
import { type SinkIndex, sinkAt } from "./sink-index.ts";

/** Where a program keeps what sends requests, and hands it on. */
export interface NativeFlow {
  /** Parameters that some call gives one: `const logged = (send) => (url) => send(url); logged(fetch)`. */
  parameters: ReadonlySet<Variable>;
  /** Names of members that may hold one: `{ http: fetch }`, `this.send = options.send ?? fetch`. */
  members: ReadonlySet<string>;
}

const flows = new CacheKey<SinkIndex, NativeFlow>();

/**
 * Follows the globals and the members of modules that send requests through variables, parameters and members: a
 * member is known by its name alone, whatever object it is of.
 */
export const nativeFlow = (ev: Questions, sinks: SinkIndex): NativeFlow =>
  ev.program.cache.once(flows, sinks, () => followed(ev, sinks));

function followed(ev: Questions, sinks: SinkIndex): NativeFlow {
  const { program } = ev;
  const parameters = new Set<Variable>();
  const members = new Set<string>();
  const seen = new Set<Variable | string>();
  const hierarchy = new ClassHierarchy(ev);
  const queue: (Variable | string)[] = [...sinks.globals].flatMap((name) => program.globals.get(name) ?? []);
  const give = ({ call, index }: ArgumentUse) => {
    // what a library wraps itself is described by its table
    if (ev.tryWithin((ev) => ev.evaluate(call, null), NOTHING).some((v) => v.kind === "native")) return;
    const parent = parentOf(call);
    const called = ev.tryWithin(
      (ev) => (parent ? parentsOf(ev, parent, null) : ev.evaluate(call.callee, null)),
      NOTHING,
    );
    for (const f of called) {
      const parameter = hierarchy.functionOf(f)?.paramVariables[index];
      if (!parameter) continue;
      parameters.add(canonical(parameter));
      queue.push(canonical(parameter));
    }
  };
  const keep = (names: readonly string[]) => {
    for (const name of names) {
      members.add(name);
      queue.push(name);
    }
  };
  // `globalThis.fetch`
  for (const name of sinks.globals) {
    for (const use of program.membersPassed.get(name) ?? []) give(use);
    keep(program.storedAs.get(name) ?? []);
    queue.push(...(program.destructuredFrom.get(name) ?? []).filter((v) => mayHold(ev, v, sinks)));
  }
  for (const name of sinks.members)
    for (const v of program.destructuredFrom.get(name) ?? [])
      if (v.passedTo.length > 0 && mayHold(ev, v, sinks)) queue.push(v);
  for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
    if (seen.has(at)) continue;
    seen.add(at);
    keep(program.storedAs.get(at) ?? []);
    if (typeof at === "string") {
      for (const use of program.membersPassed.get(at) ?? []) give(use);
      const readers = program.destructuredFrom.get(at) ?? [];
      if (readers.length <= FIND_BOUNDS.memberReaders) queue.push(...readers.filter((v) => mayHold(ev, v, sinks)));
    } else {
      queue.push(...(program.heldBy.get(at) ?? []));
      keep(at.aliases);
      for (const use of at.passedTo) give(use);
    }
  }
  return { parameters, members };
}

/** What sends requests, or what a caller may give. */
function mayHold(ev: Questions, v: Variable, sinks: SinkIndex): boolean {
  const e: Expr = { kind: "ref", variable: v };
  return ev.tryWithin((ev) => {
    const values = ev.evaluate(e, null);
    return (
      values.some((x) => x.kind === "native" && sinkAt(sinks, x.path, false) !== undefined) ||
      (v.passedTo.length > 0 && firstOpenParameter(values) !== undefined)
    );
  }, false);
}
