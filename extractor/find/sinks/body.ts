import { join, type NativeValue, type TextValue, type Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import { hasArgument } from "../calls/call-site.ts";
import { callsOnResult } from "./calls-on-result.ts";
import { option, optionObjects } from "./request-options.ts";
import type { SinkCall } from "./sink-calls.ts";

/**
 * What a text or something of the runtime was made from: `JSON.stringify(x)`, lines that were joined, what was
 * compressed.
 */
export function madeFrom(ev: Evaluator, v: NativeValue | TextValue): Values {
  const args = v.kind === "native" ? v.args.slice(0, 2) : v.parts.flatMap((p) => (typeof p === "object" && p.of) || []);
  return join(...args.map((_a, i) => argument(ev, args, i)));
}

/** The body of a request, under the evaluator's present context. */
export function bodyValues(ev: Evaluator, call: SinkCall): Values {
  const { body } = call.found.sink;
  if (!body) return [];
  if (body.methods !== undefined) {
    const written = callsOnResult(call.call, body.methods);
    return join(...written.map(({ arguments: [first] }) => (first === undefined ? [] : ev.evaluate(first, null))));
  }
  if (body.argument !== undefined)
    return hasArgument(call.args, body.argument) ? argument(ev, call.args, body.argument) : [];
  const { own, defaults } = optionObjects(ev, call);
  const names = body.option ?? [];
  return join(option(ev, own, names), ...defaults.map((objects) => option(ev, objects, names)));
}
