import { NOTHING, type ObjectValue } from "../../evaluate/domain/value.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { memberOf } from "../../evaluate/objects/member.ts";
import { memberNames } from "../../evaluate/objects/member-names.ts";
import type { Call, Compare, Expr } from "../../ir/expression.ts";
import { memberExpr } from "../../ir/operands.ts";
import { canonical } from "../../ir/program.ts";
import { type ClassDef, classOf, type Func, type Variable } from "../../ir/unit.ts";
import type { Setting } from "../../model/report.ts";
import type { BatchingHints } from "../../model/signatures/telemetry-hints.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { Callers } from "../calls/callers.ts";
import type { SettingReader } from "./numeric-settings.ts";

const TIMERS = new Set(["setTimeout", "setInterval"]);
const SIZES = new Set(["length", "size"]);

export interface Batching {
  interval: Setting[];
  batchSize: Setting[];
  queueSize: Setting[];
}

/** When what is collected is sent: after some time, or once there is so much of it. */
export class BatchingReader {
  readonly #ev: Questions;
  readonly #callers: Callers;
  readonly #settings: SettingReader;
  readonly #options: { what: keyof Batching; name: RegExp }[];

  constructor(ev: Questions, callers: Callers, settings: SettingReader, hints: readonly BatchingHints[]) {
    this.#ev = ev;
    this.#callers = callers;
    this.#settings = settings;
    const named = (what: keyof Batching, of: (h: BatchingHints) => string[]) =>
      hints.flatMap(of).map((text) => ({ what, name: new RegExp(text, "i") }));
    this.#options = [
      ...named("interval", (h) => h.interval),
      ...named("batchSize", (h) => h.size),
      ...named("queueSize", (h) => h.queue),
    ];
  }

  /** @param sites the request, and callers that were assumed */
  of(sites: readonly Call[]): Batching {
    const rhythm: Batching = { interval: [], batchSize: [], queueSize: [] };
    const classes = new Set<ClassDef>();
    for (const { within } of sites) for (let f = within; f !== null; f = f.outer) addOwner(classes, f);
    for (const c of classes) this.#told(c, rhythm);
    const told = rhythm.interval.length > 0;
    for (const call of sites) this.#upwards(call, rhythm, told);
    return rhythm;
  }

  /** Timers that run what sends, and comparisons of a queue's length on the way there; the nearest timer counts. */
  #upwards(call: Call, rhythm: Batching, told: boolean): void {
    let level = 0;
    const seen = new Set<Func>();
    const fill = (c: Call) => {
      for (let g = c.guard; g !== null; g = g.outer) rhythm.batchSize.push(...this.#limits(g.test, g.is));
    };
    fill(call);
    let found = told;
    for (
      let now = call.within === null ? [] : [call.within];
      now.length > 0 && level <= FIND_BOUNDS.batchLevels;
      level++
    ) {
      const next: Func[] = [];
      for (const f of now) {
        if (seen.has(f) || seen.size > FIND_BOUNDS.batchFunctions) continue;
        seen.add(f);
        const timers = this.#timersOf(f);
        if (!told) rhythm.interval.push(...timers);
        found ||= timers.length > 0;
        for (const { call: caller } of this.#callers.of(f)) {
          fill(caller);
          if (caller.within !== null) next.push(caller.within);
        }
        if (f.outer !== null) next.push(f.outer);
      }
      if (found) return;
      now = next;
    }
  }

  #timersOf(f: Func): Setting[] {
    const passed = [...f.passedTo, ...[...this.#callers.holdersOf(f)].flatMap((v) => v.passedTo)];
    return passed.flatMap(({ call, index }) => {
      const [, delay] = call.arguments;
      if (index !== 0 || delay === undefined || !TIMERS.has(memberNameOf(call.callee))) return [];
      return this.#settings.read(delay) ?? [];
    });
  }

  /** `queue.length >= N`, where it has to hold. */
  #limits(test: Expr, is: boolean): Setting[] {
    if (test.kind === "not") return this.#limits(test.argument, !is);
    if (test.kind === "choice" && test.operator !== "??")
      return [...this.#limits(test.left, is), ...this.#limits(test.right, is)];
    if (test.kind !== "compare") return [];
    const bound = limitOf(test, is);
    if (bound === null) return [];
    const setting = this.#settings.read(bound);
    // more than nothing, or more than one, is no batch
    return setting === null || (setting.values.length > 0 && setting.values.every((n) => n < 2)) ? [] : [setting];
  }

  /** Options of the object that sends, and of what it is given to. */
  #told(c: ClassDef, rhythm: Batching): void {
    const made = c.constructorFunction === null ? [] : this.#callers.of(c.constructorFunction).map(({ call }) => call);
    for (const holder of this.#callers.holdersOf(c))
      for (const call of this.#ev.program.callsOf.get(holder) ?? []) if (call.construct) made.push(call);
    for (const call of new Set(made)) {
      this.#named(call, rhythm);
      for (const taker of takersOf(call, this.#ev)) this.#named(taker, rhythm);
    }
  }

  #named({ arguments: a }: Call, rhythm: Batching): void {
    for (const e of a) {
      const objects = this.#ev.tryWithin((ev) => ev.evaluate(e, null), NOTHING).filter((v) => v.kind === "object");
      for (const object of objects) {
        const keys = this.#ev.ask(null, (ev) => memberNames(ev, object));
        for (const { what, name } of this.#options) {
          for (const key of keys.filter((key) => name.test(key))) {
            const written = object.node === null ? undefined : memberExpr(object.node, key);
            const setting = written === undefined ? this.#scalar(object, key) : this.#settings.read(written);
            if (setting !== null) rhythm[what].push(setting);
          }
        }
      }
    }
  }

  #scalar(object: ObjectValue, key: string): Setting | null {
    const found = this.#ev.ask(null, (ev) => memberOf(ev, [object], key));
    const values = found.flatMap((v) => (v.kind === "scalar" && typeof v.value === "number" ? [v.value] : []));
    return values.length === 0 ? null : { values, env: [], config: [], flags: [] };
  }
}

function addOwner(classes: Set<ClassDef>, f: Func): void {
  const c = classOf(f);
  if (c !== null) classes.add(c);
}

const memberNameOf = (f: Expr): string =>
  f.kind === "ref" ? canonical(f.variable).name : f.kind === "member" ? f.property : "";

function limitOf({ operator: op, left: l, right: r }: Compare, is: boolean): Expr | null {
  const sized = (e: Expr) => e.kind === "member" && SIZES.has(e.property);
  const least = is ? [">=", ">"] : ["<", "<="];
  const most = is ? ["<", "<="] : [">=", ">"];
  if (sized(l) && least.includes(op)) return r;
  return sized(r) && most.includes(op) ? l : null;
}

/** Calls that are given what another call made: as an argument or as a member of one. */
function takersOf(made: Call, ev: Questions): Call[] {
  const holders = new Set<Variable>();
  const scope =
    made.within === null ? (ev.program.files.get(made.unit.file)?.names.values() ?? []) : made.within.variables;
  for (const v of scope) if (v.definitions.some((d) => d.expression === made)) holders.add(canonical(v));
  const isIt = (e: Expr): boolean =>
    e === made ||
    (e.kind === "ref" && holders.has(canonical(e.variable))) ||
    (e.kind === "array" && e.items.some(isIt)) ||
    (e.kind === "object" && e.members.some((m) => m.kind === "value" && isIt(m.value)));
  const near = made.within === null ? made.unit.calls.filter((c) => c.within === null) : made.within.calls;
  return [...near, ...[...holders].flatMap((v) => v.passedTo.map(({ call }) => call))].filter(
    (c, i, all) => c !== made && all.indexOf(c) === i && c.arguments.some(isIt),
  );
}
