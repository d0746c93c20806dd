import { literalText, type Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { eachOpenParameter } from "../../evaluate/engine/open-holes.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import { toTexts } from "../../evaluate/transfer/to-text.ts";
import type { Func } from "../../ir/unit.ts";
import type { Method } from "../../model/report.ts";
import type { Sink } from "../../model/signatures/sink.ts";
import { hasArgument } from "../calls/call-site.ts";
import { perContext } from "../calls/per-context-cache.ts";
import { routeOf } from "./placeholders.ts";
import { optionObjects, optionOf } from "./request-options.ts";
import type { SinkCall } from "./sink-calls.ts";

const METHODS = new Set<string>(["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS"]);

/** The methods a sink call may use; `ANY` where that isn't known, with the functions whose callers decide. */
export const methodsOf = perContext(methodsGiven);

function methodsGiven(ev: Evaluator, call: SinkCall): { methods: Method[]; open: Func[] } {
  const { method } = call.found.sink;
  if (typeof method === "string") return { methods: [method], open: [] };
  const open: Func[] = [];
  const values = givenMethod(ev, call, method);
  if (values.length === 0) return { methods: [method.default], open };
  eachOpenParameter(values, ({ func: f }) => open.push(f));
  const methods = new Set<Method>();
  for (const t of toTexts(ev, values)) {
    const said = (literalText(t) ?? "").toUpperCase();
    const name = call.found.sink.url.route && !METHODS.has(said) ? (routeOf(said).method ?? method.default) : said;
    methods.add(METHODS.has(name) ? (name as Method) : "ANY");
  }
  // what is left of an option that may be missing is its default
  if (methods.size === 0) methods.add(method.default);
  if (methods.size > 1) methods.delete("ANY");
  return { methods: [...methods], open };
}

type GivenMethod = Exclude<Sink["method"], string>;

function givenMethod(ev: Evaluator, call: SinkCall, method: GivenMethod): Values {
  if (method.argument !== undefined && hasArgument(call.args, method.argument)) {
    const given = argument(ev, call.args, method.argument);
    if (method.option === undefined || given.some(({ kind }) => kind !== "object")) return given;
  }
  if (method.client) {
    const args = [...(call.client?.args ?? [])];
    return args.flatMap((_, i) => argument(ev, args, i).filter((v) => METHODS.has(literalText(v) ?? "")));
  }
  if (method.option === undefined) return [];
  return optionOf(ev, optionObjects(ev, call), [method.option]);
}
