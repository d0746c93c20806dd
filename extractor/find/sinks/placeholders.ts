import { hole, string, type TextValue, type Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import { combinations } from "../../evaluate/transfer/concat.ts";
import { toTexts } from "../../evaluate/transfer/to-text.ts";
import { hasArgument } from "../calls/call-site.ts";
import { type OptionObjects, optionOf } from "./request-options.ts";
import type { SinkCall } from "./sink-calls.ts";

const PLACEHOLDER = /\{([^{}]*)\}/;

/**
 * `/v1/models/{0.model}` of a sink's row, filled with what the call is given; what is not given stays a hole of its
 * name.
 */
export function fillPath(ev: Evaluator, call: SinkCall, options: OptionObjects, pattern: string): TextValue[] {
  // every second part is what stood in braces
  const parts = pattern.split(PLACEHOLDER).map((said, i) => ({ said, isName: i % 2 === 1 }));
  const texts = combinations(ev, parts, ({ said, isName }) => {
    if (!isName) return [string(said)];
    const values = toTexts(ev, valuesOf(ev, call, options, said));
    return values.length > 0 ? values : [hole("unknown", said.replace(/^.*\./, "").replace(/^[\d*]*$/, "id"))];
  });
  return toTexts(ev, texts);
}

function valuesOf(ev: Evaluator, call: SinkCall, options: OptionObjects, name: string): Values {
  if (name === "*") return [string(call.found.captured ?? "")];
  const [first, ...path] = name.split(".");
  if (first === "client") return given(ev, [...(call.client?.args ?? [])], path);
  return /^\d+$/.test(first!) ? given(ev, call.args, [first!, ...path]) : optionOf(ev, options, [name]);
}

/** The argument of that number, or a member of it. */
function given(ev: Evaluator, args: SinkCall["args"], [index, ...path]: readonly string[]): Values {
  const at = Number(index);
  if (!hasArgument(args, at)) return [];
  return path.reduce<Values>((values, key) => memberOf(ev, values, key), argument(ev, args, at));
}

/**
 * `POST /repos/{owner}/:repo`, as documentation writes it: the method, and the path with what the options say of its
 * names.
 */
export function routeOf(text: string): { method: string | null; path: string } {
  const [, method, path] = /^(?:([A-Z]+) )?(.*)$/s.exec(text)!;
  return { method: method ?? null, path: path!.replace(/(?<=\/):(\w+)/g, "{$1}") };
}
