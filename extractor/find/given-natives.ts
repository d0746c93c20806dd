import type { Evaluator } from "../evaluate/evaluator.ts";
import { homeOf } from "../ir/program.ts";
import type { Variable } from "../ir/unit.ts";
import type { SinkIndex } from "./sink-index.ts";

/** Parameters that some call gives a global that sends requests: `const logged = (send) => (url) => send(url); logged(fetch)`. */
export function givenNatives(ev: Evaluator, { globals }: SinkIndex): Set<Variable> {
  const { program } = ev;
  const given = new Set<Variable>();
  const seen = new Set<Variable>();
  const queue = [...globals].flatMap((name) => program.globals.get(name) ?? []);
  for (let v = queue.pop(); v !== undefined; v = queue.pop()) {
    if (seen.has(v)) continue;
    seen.add(v);
    queue.push(...(program.heldBy.get(v) ?? []));
    for (const { call, index } of v.passedTo) {
      for (const f of ev.glance(() => ev.evaluate(call.f, null))) {
        const parameter = f.t === "function" ? f.f.paramVariables[index] : undefined;
        if (!parameter) continue;
        given.add(homeOf(parameter));
        queue.push(homeOf(parameter));
      }
    }
  }
  return given;
}
