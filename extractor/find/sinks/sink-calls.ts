import type { Argument, Native, Value, Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { openOrigins } from "../../evaluate/engine/open-holes.ts";
import { wholeExports } from "../../evaluate/objects/member.ts";
import { argumentsOf } from "../../evaluate/transfer/call.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { homeOf } from "../../ir/program.ts";
import { isSuperCall } from "../../ir/super-call.ts";
import { classOf, type Func, type Variable } from "../../ir/unit.ts";
import { once } from "../calls/per-context-cache.ts";
import { givenNatives } from "./passed-natives.ts";
import type { FoundSink, SinkIndex } from "./sink-index.ts";

/** What a call turns out to be under the callers assumed. */
export interface SinkCall {
  call: Call;
  found: FoundSink;
  /** The client it is made on, with its defaults; null for receivers nothing is known of. */
  client: Native | null;
  args: Argument[];
}

/** Calls worth evaluating: of a name some sink has, of a variable that may hold a native, or of an expression. */
export function* candidates(ev: Evaluator, sinks: SinkIndex): Iterable<Call> {
  const natives = new Map<Variable, boolean>();
  const members = namesOfNatives(ev, sinks);
  const given = givenNatives(ev, sinks);
  for (const unit of ev.program.units) {
    for (const call of unit.calls) {
      const { f } = call;
      switch (f.k) {
        case "ref": {
          const v = homeOf(f.v);
          let may = natives.get(v);
          if (may === undefined) {
            may = given.has(v) || mayBeNative(ev, v, sinks);
            natives.set(v, may);
          }
          if (may) yield call;
          break;
        }
        case "member":
          // minifiers rename private members
          if (members.has(f.p) || f.p === "default" || f.p.startsWith("#")) yield call;
          else if (f.p === "call" || f.p === "apply") {
            const target = f.o;
            const named =
              target.k === "member"
                ? members.has(target.p)
                : target.k === "call" || (target.k === "ref" && mayBeNative(ev, homeOf(target.v), sinks));
            if (named) yield call;
          }
          break;
        case "index":
          if (call.a.length > 0) yield call;
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

/** Last names of all sinks, and members under which a program keeps or exports one: `{http: fetch}`. */
function namesOfNatives({ program }: Evaluator, { members, globals }: SinkIndex): Set<string> {
  const names = new Set(members);
  for (const name of globals) for (const alias of program.globals.get(name)?.aliases ?? []) names.add(alias);
  for (const v of program.changed) {
    if (v.owner === null || !v.owner.paramVariables.includes(v)) continue;
    for (const { path, e } of v.writes)
      if (path.length === 2 && path[0] === "exports" && isNamed(e, members)) names.add(path[1]!);
  }
  return names;
}

/** `module.exports.Em = wrap(api.request)`: minifiers may rename what a module exports. */
const isNamed = (e: Expr, members: ReadonlySet<string>): boolean =>
  e.k === "member" ? members.has(e.p) : e.k === "call" && e.a.length === 1 && isNamed(e.a[0]!, members);

function mayBeNative(ev: Evaluator, v: Variable, sinks: SinkIndex): boolean {
  if (!v.declared && v.definitions.length === 0) return sinks.globals.has(v.name) || v.name === "require";
  if (v.definitions.every(({ e }) => e.k === "function" || e.k === "literal" || e.k === "object")) return false;
  const values = ev.ask(null, () => ev.evaluate({ k: "ref", v }, null));
  return values.some((x) => isNative(x, sinks));
}

function isNative(v: Value, sinks: SinkIndex): boolean {
  return v.t === "native"
    ? sinks.byCallee.has(v.path) || sinks.byCallee.has(`new ${v.path}`) || v.path.endsWith("#")
    : v.t === "interop" || v.t === "exports";
}

/** What may be called, under the evaluator's present context. */
export interface Invoked {
  calls: SinkCall[];
  /** Receivers that wait for callers. */
  receivers: Value[];
  /** Functions whose callers choose the method of a known client, `client[method](url)`, or what is called: `send(url)`. */
  choosers: Func[];
}

/** The sinks a call may be, under the evaluator's present context. */
export function sinkCalls(ev: Evaluator, sinks: SinkIndex, call: Call): Invoked {
  let asked = askedOf.get(sinks);
  if (asked === undefined) {
    asked = once((by, at: Call) => invokedBy(by, sinks, at));
    askedOf.set(sinks, asked);
  }
  return asked(ev, call);
}

const askedOf = new WeakMap<SinkIndex, (ev: Evaluator, call: Call) => Invoked>();

function invokedBy(ev: Evaluator, sinks: SinkIndex, call: Call): Invoked {
  const { f } = call;
  const invoked = f.k === "member" && (f.p === "call" || f.p === "apply") ? f.o : f;
  const shift = invoked !== f ? 1 : 0;
  if (invoked !== f && f.k === "member" && f.p === "apply") return { calls: [], receivers: [], choosers: [] };
  const args = argumentsOf(call, null).slice(shift);
  const calls: SinkCall[] = [];
  const receivers: Value[] = [];
  const seen = new Set<string>();
  const parent = parentOf(call);
  const construct = call.construct || parent !== null;
  for (const v of whatIsCalled(ev, ev.evaluate(parent ?? invoked, null), construct)) {
    if (v.t === "native") {
      const found = lookUp(sinks, v.path, construct);
      if (found && !seen.has(found.sink.callee)) {
        seen.add(found.sink.callee);
        calls.push({ call, found, client: v.of ?? v, args });
      }
    } else if (v.t === "text") receivers.push(v);
  }
  if (calls.length === 0 && receivers.length > 0 && invoked.k === "member" && !call.construct) {
    const found = sinks.byMember.get(invoked.p);
    if (found) calls.push({ call, found, client: null, args });
  }
  return {
    calls,
    receivers,
    choosers: calls.length === 0 && receivers.length > 0 ? choosersOf(ev, sinks, invoked) : [],
  };
}

/** `super(…)` constructs the class that is extended; null for other calls. */
const parentOf = (call: Call): Expr | null => (isSuperCall(call) ? (classOf(call.within)?.parent ?? null) : null);

/** A CommonJS module that is called is what it exports as a whole. */
function whatIsCalled(ev: Evaluator, values: Values, construct: boolean): Values {
  if (!values.some((v) => v.t === "exports" || v.t === "interop")) return values;
  return values.flatMap((v): Values => {
    if (v.t === "exports") return wholeExports(ev, v.module);
    return v.t === "interop" && construct ? whatIsCalled(ev, v.of, construct) : [v];
  });
}

function choosersOf(ev: Evaluator, sinks: SinkIndex, invoked: Expr): Func[] {
  const choosers: Func[] = [];
  const choose = (values: Values) => openOrigins(values, ({ f }) => choosers.push(f));
  if (invoked.k === "ref") choose(ev.evaluate(invoked, null));
  else if (invoked.k === "index") {
    const client = ev.evaluate(invoked.o, null).some((v) => v.t === "native" && sinks.clients.has(v.path));
    if (client) choose(ev.evaluate(invoked.i, null));
  }
  return choosers;
}

function lookUp(sinks: SinkIndex, path: string, construct: boolean): FoundSink | undefined {
  const plain = path.replace(/^globalThis\./, "").replace(/^node:undici#/, "undici#");
  return sinks.byCallee.get(construct ? `new ${plain}` : plain);
}
