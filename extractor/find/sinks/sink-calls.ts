import type { Argument, NativeValue, Value, Values } from "../../evaluate/domain/value.ts";
import { argumentsOf } from "../../evaluate/engine/call-frames.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { eachOpenParameter } from "../../evaluate/engine/open-holes.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { invocationOf } from "../../evaluate/natives/invocation.ts";
import { wholeExports } from "../../evaluate/objects/member.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import { parentOf } from "../../ir/super-call.ts";
import type { Func, Variable } from "../../ir/unit.ts";
import { perContext } from "../calls/per-context-cache.ts";
import { describedCalls } from "./described-clients.ts";
import { type NativeFlow, nativeFlow } from "./native-flow.ts";
import { type FoundSink, type SinkIndex, sinkAt } from "./sink-index.ts";

/** What a call turns out to be under the callers assumed. */
export interface SinkCall {
  call: Call;
  found: FoundSink;
  /** The client it is made on, with its defaults; null for receivers nothing is known of. */
  client: NativeValue | null;
  args: Argument[];
}

/** Calls worth evaluating: of a name some sink has, of a variable that may hold a native, or of an expression. */
export function* candidates(ev: Questions, sinks: SinkIndex): Iterable<Call> {
  const flow = nativeFlow(ev, sinks);
  const members = namesOfNatives(ev, sinks, flow);
  const natives = new Map<Variable, boolean>();
  const mayHold = (e: Expr): boolean => {
    if (e.kind === "member") return members.has(e.property);
    if (e.kind === "choice") return mayHold(e.left) || mayHold(e.right);
    if (e.kind === "conditional") return mayHold(e.consequent) || mayHold(e.alternate);
    if (e.kind !== "ref") return e.kind === "call";
    const v = canonical(e.variable);
    let may = natives.get(v);
    if (may === undefined) {
      may = flow.parameters.has(v) || mayBeNative(ev, v, sinks);
      natives.set(v, may);
    }
    return may;
  };
  for (const unit of ev.program.units) {
    for (const call of unit.calls) {
      const { callee: f } = call;
      switch (f.kind) {
        case "ref":
          if (mayHold(f) || isHandedOn(call, mayHold)) yield call;
          break;
        case "member":
          // minifiers rename private members
          if (members.has(f.property) || f.property === "default" || f.property.startsWith("#")) yield call;
          else if (sinks.anyConstructor && call.construct) yield call;
          else if (isHandedOn(call, mayHold)) yield call;
          break;
        case "index":
          if (call.arguments.length > 0) yield call;
          break;
        case "choice":
        case "conditional":
        case "call":
        case "await":
          yield call;
          break;
        case "unknown":
          if (parentOf(call) !== null) yield call;
          break;
        default:
      }
    }
  }
}

/** `send.call(self, url)`, `setTimeout(fetch, 10, url)`; what gets nothing sends nothing. */
function isHandedOn(call: Call, mayHold: (e: Expr) => boolean): boolean {
  const run = invocationOf(call);
  return run !== null && run.args.length > 0 && run.callee.kind !== "function" && mayHold(run.callee);
}

/** Last names of all sinks, and members under which a program keeps or exports one: `{http: fetch}`. */
function namesOfNatives({ program }: Questions, { members }: SinkIndex, flow: NativeFlow): Set<string> {
  const names = new Set([...members, ...flow.members]);
  for (const v of program.mutatedVariables) {
    if (v.owner === null || !v.owner.paramVariables.includes(v)) continue;
    for (const { path, expression: e } of v.writes)
      if (path.length === 2 && path[0] === "exports" && isNamed(e, members)) names.add(path[1]!);
  }
  return names;
}

/** `module.exports.Em = wrap(api.request)`: minifiers may rename what a module exports. */
const isNamed = (e: Expr, members: ReadonlySet<string>): boolean =>
  e.kind === "member"
    ? members.has(e.property)
    : e.kind === "call" && e.arguments.length === 1 && isNamed(e.arguments[0]!, members);

function mayBeNative(ev: Questions, v: Variable, sinks: SinkIndex): boolean {
  if (!v.declared && v.definitions.length === 0) return sinks.globals.has(v.name) || v.name === "require";
  if (v.definitions.every(({ expression: e }) => e.kind === "function" || e.kind === "literal" || e.kind === "object"))
    return false;
  const values = ev.ask(null, (ev) => ev.evaluate({ kind: "ref", variable: v }, null));
  return values.some((x) => isNative(x, sinks));
}

function isNative(v: Value, sinks: SinkIndex): boolean {
  return v.kind === "native"
    ? v.path.endsWith("#") || sinkAt(sinks, v.path, false) !== undefined || sinkAt(sinks, v.path, true) !== undefined
    : v.kind === "interop" || v.kind === "exports";
}

/** What may be called, under the evaluator's present context. */
export interface Invoked {
  calls: SinkCall[];
  /** Receivers that wait for callers. */
  receivers: Value[];
  /**
   * Functions whose callers choose the method of a known client, `client[method](url)`, or what is called:
   * `send(url)`.
   */
  choosers: Func[];
}

/** The sinks a call may be, under the evaluator's present context. */
export function sinkCalls(ev: Evaluator, sinks: SinkIndex, call: Call): Invoked {
  const asked = ev.program.cache.once(askedOf, sinks, () =>
    perContext((by: Evaluator, at: Call) => invokedBy(by, sinks, at)),
  );
  return asked(ev, call);
}

const askedOf = new CacheKey<SinkIndex, (ev: Evaluator, call: Call) => Invoked>();

function invokedBy(ev: Evaluator, sinks: SinkIndex, call: Call): Invoked {
  const run = invocationOf(call);
  const invoked = run?.callee ?? call.callee;
  const args = run?.args ?? argumentsOf(call, null);
  const calls: SinkCall[] = [];
  const receivers: Value[] = [];
  const seen = new Set<string>();
  const parent = parentOf(call);
  const construct = call.construct || parent !== null;
  for (const v of whatIsCalled(ev, ev.evaluate(parent ?? invoked, null), construct)) {
    if (v.kind === "native") {
      const found = sinkAt(sinks, v.path, construct);
      if (found && !seen.has(found.sink.callee)) {
        seen.add(found.sink.callee);
        for (const each of [found, ...(found.more ?? [])]) calls.push({ call, found: each, client: v.of ?? v, args });
      }
    } else if (v.kind === "text") receivers.push(v);
  }
  if (calls.length === 0 && receivers.length > 0 && invoked.kind === "member" && !construct) {
    const found = sinks.byMember.get(invoked.property);
    if (found) calls.push({ call, found, client: null, args });
  }
  const givers: Func[] = [];
  if (calls.length === 0 && run === null)
    for (const described of describedCalls(ev, sinks, call, givers)) calls.push({ call, ...described, args });
  return {
    calls,
    receivers,
    choosers:
      givers.length > 0 ? givers : calls.length === 0 && receivers.length > 0 ? choosersOf(ev, sinks, invoked) : [],
  };
}

/** A CommonJS module that is called is what it exports as a whole. */
function whatIsCalled(ev: Evaluator, values: Values, construct: boolean): Values {
  if (!values.some((v) => v.kind === "exports" || v.kind === "interop")) return values;
  return values.flatMap((v): Values => {
    if (v.kind === "exports") return wholeExports(ev, v.module);
    return v.kind === "interop" && construct ? whatIsCalled(ev, v.of, construct) : [v];
  });
}

function choosersOf(ev: Evaluator, sinks: SinkIndex, invoked: Expr): Func[] {
  const choosers: Func[] = [];
  const choose = (values: Values) => eachOpenParameter(values, ({ func: f }) => choosers.push(f));
  const isHeld = invoked.kind === "member" && nativeFlow(ev, sinks).members.has(invoked.property);
  if (invoked.kind === "ref" || isHeld) choose(ev.evaluate(invoked, null));
  else if (invoked.kind === "index") {
    const client = ev.evaluate(invoked.object, null).some((v) => v.kind === "native" && sinks.clients.has(v.path));
    if (client) choose(ev.evaluate(invoked.index, null));
  }
  return choosers;
}
