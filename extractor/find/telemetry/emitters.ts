import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Expr } from "../../ir/expression.ts";
import { canonical, type Program } from "../../ir/program.ts";
import { classOf, type Func, type Variable } from "../../ir/unit.ts";
import type { EmitterHints } from "../../model/signatures/telemetry-hints.ts";
import { bodiesOf, calledFunctions, namedCalls } from "../calls/calls-with-names.ts";
import type { ParameterPlace } from "../calls/parameter-place.ts";
import type { EventFlow } from "../requests/carried-by.ts";
import type { UngatedRequest } from "../switches/gate-requests.ts";

/**
 * A function that sends or queues an event: where it is told the event's name and fields, and which requests carry
 * it.
 */
export interface Emitter {
  func: Func;
  name: ParameterPlace;
  fields: ParameterPlace[];
  /** Fields that it adds itself. */
  own: readonly string[];
  flows: EventFlow[];
  /** The name ends up under a member of a request's body that names events: a single word is a name as well. */
  isSure: boolean;
  /** Requests that carry other things, though they are sent the same way. */
  never?: ReadonlySet<UngatedRequest> | undefined;
}

type NewEmitter = Pick<Emitter, "name"> & Partial<Omit<Emitter, "func" | "name">>;

/** Different names a function must be called with to be looked at. */
const NAMES = 3;

/** Emitters by the place of the name. */
export class Emitters {
  readonly #byPlace = new Map<Func, Map<string, Emitter>>();

  /** Adds to one that is known already. */
  add({ name, fields = [], flows = [], own = [], isSure = false, never }: NewEmitter): {
    emitter: Emitter;
    isNew: boolean;
  } {
    const { func: f } = name;
    const places = this.#byPlace.get(f) ?? new Map<string, Emitter>();
    this.#byPlace.set(f, places);
    const key = `${name.index}.${name.member ?? ""}`;
    const known = places.get(key);
    if (known !== undefined) {
      known.flows.push(...flows);
      known.isSure ||= isSure;
      known.never ??= never;
      return { emitter: known, isNew: false };
    }
    const emitter = { func: f, name, fields, own, flows: [...flows], isSure, never };
    places.set(key, emitter);
    return { emitter, isNew: true };
  }

  /** The emitter that is told a name as this parameter. */
  at(f: Func, i: number): Emitter | undefined {
    for (const emitter of this.#byPlace.get(f)?.values() ?? []) if (emitter.name.index === i) return emitter;
    return undefined;
  }

  *[Symbol.iterator](): Iterator<Emitter> {
    for (const places of this.#byPlace.values()) yield* places.values();
  }
}

/**
 * Functions that are called with many names, mostly for their effect alone, and that store the name under a telling
 * member or hand it to a telling method. Reads of flags take names too, but their result is used.
 */
export function addEmittersByUse(ev: Questions, hints: readonly EmitterHints[], emitters: Emitters): void {
  const keys = hints.flatMap((h) => h.keys.map((k) => new RegExp(k, "i")));
  const methods = hints.flatMap((h) => h.methods.map((m) => new RegExp(m, "i")));
  for (const calls of namedCalls(ev.program)) {
    if (calls.names.size < NAMES || calls.unused * 2 < calls.calls.length) continue;
    const { index: i } = calls;
    for (const f of calledFunctions(ev.program, calls.callee)) {
      if (
        i >= f.params ||
        emitters.at(f, 0) ||
        emitters.at(f, 1) ||
        !handsOn(ev.program, { func: f, index: i }, keys, methods) ||
        isToldToOwnBus(ev, f, i)
      )
        continue;
      emitters.add({ name: { func: f, index: i, member: null }, fields: [{ func: f, index: i + 1, member: null }] });
    }
  }
}

/**
 * `this.queue.push({ event, args })` beside `this.emit(event, ...args)` of a class that is a Node emitter: what waits
 * there is told to the program's own listeners.
 */
function isToldToOwnBus(ev: Questions, f: Func, index: number): boolean {
  const variable = f.paramVariables[index];
  if (!variable) return false;
  const parent = classOf(f)?.parent ?? null;
  const isEmitter = (e: Expr): boolean =>
    ev.ask(null, (ev) => ev.evaluate(e, null)).some((v) => v.kind === "native" && v.path.startsWith("node:events#"));
  return bodiesOf(ev.program, f).some((body) =>
    body.calls.some(({ callee, arguments: [name] }) => {
      if (callee.kind !== "member" || callee.property !== "emit" || !name || !holder(variable)(name)) return false;
      return callee.object.kind === "this" ? parent !== null && isEmitter(parent) : isEmitter(callee.object);
    }),
  );
}

/** Does an expression hold the variable's value, with something around it or not? */
export const holder = (variable: Variable): ((e: Expr) => boolean) => {
  const isName = (e: Expr): boolean =>
    (e.kind === "ref" && canonical(e.variable) === variable) ||
    (e.kind === "concat" && e.parts.some(isName)) ||
    (e.kind === "choice" && (isName(e.left) || isName(e.right)));
  return isName;
};

/** Does the function store its parameter under such a member, or give it to such a method? */
function handsOn(
  program: Program,
  { func: f, index }: { func: Func; index: number },
  keys: RegExp[],
  methods: RegExp[],
): boolean {
  const variable = f.paramVariables[index];
  if (!variable) return false;
  const isName = holder(variable);
  const stores = (e: Expr): boolean =>
    e.kind === "object" &&
    e.members.some(
      (m) => m.kind === "value" && ((isName(m.value) && keys.some((k) => k.test(m.key))) || stores(m.value)),
    );
  return bodiesOf(program, f).some((body) =>
    body.calls.some((call) => {
      if (call.arguments.some(stores)) return true;
      const method = call.callee.kind === "member" ? call.callee.property : null;
      return method !== null && methods.some((m) => m.test(method)) && call.arguments.some(isName);
    }),
  );
}
