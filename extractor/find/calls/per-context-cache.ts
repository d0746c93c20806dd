import type { CallingContext } from "../../evaluate/engine/calling-context.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { TracingEvaluator } from "../../evaluate/engine/tracing-evaluator.ts";
import { CacheKey } from "../../ir/program-cache.ts";

/**
 * A question that is put once under one context. A climb asks three or four times about a call before it goes on to
 * the next caller; of contexts that were left nothing is kept. An answer that fuel cut short is not taken for the
 * whole one.
 */
export function perContext<K extends object, T extends object>(
  question: (ev: Evaluator, about: K) => T,
): (ev: Evaluator, about: K) => T {
  const present = new CacheKey<Evaluator, { context: CallingContext | null; known: Map<K, T> }>();
  return (ev, about) => {
    // which sees how an answer comes about
    if (ev instanceof TracingEvaluator) return question(ev, about);
    let now = ev.program.cache.of(present).get(ev);
    if (now === undefined || now.context !== ev.context) {
      now = { context: ev.context, known: new Map() };
      ev.program.cache.of(present).set(ev, now);
    }
    let answer = now.known.get(about);
    if (answer === undefined) {
      answer = question(ev, about);
      if (!ev.exhausted) now.known.set(about, answer);
    }
    return answer;
  };
}
