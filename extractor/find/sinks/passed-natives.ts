import { NOTHING } from "../../evaluate/domain/value.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { canonical } from "../../ir/program.ts";
import type { Variable } from "../../ir/unit.ts";
import type { SinkIndex } from "./sink-index.ts";

/**
 * Parameters that some call gives what sends requests: a global, `const logged = (send) => (url) => send(url); logged(fetch)`, or
 * a member of a module, `const { request } = await load(); send(request, options)`.
 */
export function passedNatives(ev: Questions, sinks: SinkIndex): Set<Variable> {
  const { program } = ev;
  const given = new Set<Variable>();
  const seen = new Set<Variable>();
  const queue = [...sinks.globals].flatMap((name) => program.globals.get(name) ?? []);
  for (const name of sinks.members)
    for (const v of program.destructuredFrom.get(name) ?? [])
      if (v.passedTo.length > 0 && holdsSink(ev, v, sinks)) queue.push(v);
  for (let v = queue.pop(); v !== undefined; v = queue.pop()) {
    if (seen.has(v)) continue;
    seen.add(v);
    queue.push(...(program.heldBy.get(v) ?? []));
    for (const { call, index } of v.passedTo) {
      for (const f of ev.tryWithin((ev) => ev.evaluate(call.callee, null), NOTHING)) {
        const parameter = f.kind === "function" ? f.func.paramVariables[index] : undefined;
        if (!parameter) continue;
        given.add(canonical(parameter));
        queue.push(canonical(parameter));
      }
    }
  }
  return given;
}

function holdsSink(ev: Questions, v: Variable, { byCallee }: SinkIndex): boolean {
  return ev
    .tryWithin((ev) => ev.evaluate({ kind: "ref", variable: v }, null), NOTHING)
    .some((x) => x.kind === "native" && byCallee.has(x.path));
}
