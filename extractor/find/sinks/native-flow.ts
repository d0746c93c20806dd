import { literalText, NOTHING, type Value } from "../../evaluate/domain/value.ts";
import { firstOpenParameter } from "../../evaluate/engine/open-holes.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { definingCalls } from "../../evaluate/objects/defined-fields.ts";
import { parentsOf } from "../../evaluate/objects/superclass.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { canonical, soleDefinition } from "../../ir/program.ts";
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
  keep(membersWithClients(ev, sinks));
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

/** `this.api = got.extend(…)`, `define(this, "api", got.extend(…))`: members whose client may itself be called. */
function membersWithClients(ev: Questions, sinks: SinkIndex): string[] {
  const { units, classes } = ev.program;
  const { names } = sinks.makers;
  const makes = ({ callee }: Call): boolean => callee.kind === "member" && names.has(callee.property);
  const kept = units.flatMap(({ keptCalls }) =>
    keptCalls.flatMap(({ name, call }) => (makes(call) && sends(ev, call, sinks) ? [name] : [])),
  );
  const defined = classes.flatMap((c) =>
    ev.ask(null, (evaluator) =>
      definingCalls(evaluator, c).flatMap(({ call: { arguments: a } }) => {
        const made = a[2] === undefined ? undefined : soleDefinition(a[2]);
        if (made?.kind !== "call" || !makes(made) || !sends(ev, made, sinks)) return [];
        return evaluator.evaluate(a[1]!, null).flatMap((v) => literalText(v) ?? []);
      }),
    ),
  );
  return [...kept, ...defined];
}

const sends = (ev: Questions, e: Expr, sinks: SinkIndex): boolean =>
  ev.tryWithin((ev) => ev.evaluate(e, null).some((x) => isSender(x, sinks)), false);

const isSender = (x: Value, sinks: SinkIndex): boolean =>
  x.kind === "native" && sinkAt(sinks, x.path, false) !== undefined;

/** What sends requests, or what a caller may give. */
function mayHold(ev: Questions, v: Variable, sinks: SinkIndex): boolean {
  const e: Expr = { kind: "ref", variable: v };
  return ev.tryWithin((ev) => {
    const values = ev.evaluate(e, null);
    return (
      values.some((x) => isSender(x, sinks)) || (v.passedTo.length > 0 && firstOpenParameter(values) !== undefined)
    );
  }, false);
}
