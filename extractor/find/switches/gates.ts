import type { Argument } from "../../evaluate/domain/value.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { invocationOf } from "../../evaluate/natives/invocation.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { canonical, isCommonName } from "../../ir/program.ts";
import { type ArgumentUse, type ClassDef, classOf, type Func, isConstructor, isInside } from "../../ir/unit.ts";
import type { Gate } from "../../model/report.ts";
import { sharedGates } from "../../model/switches/gates.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { Callers } from "../calls/callers.ts";
import { CalledParameters } from "./called-parameters.ts";
import type { EnvironmentObjects } from "./environment-reads.ts";
import type { FlagReaders } from "./flag-reads.ts";
import type { GateRequest, GateRequests, ResolvedGates } from "./gate-requests.ts";
import { methodsOfMade } from "./methods-of-made.ts";
import { NecessaryConditions } from "./necessary-conditions.ts";
import { ProgramStarts } from "./program-starts.ts";
import { gatesOf } from "./requirement-gates.ts";
import { and, NO_REQUIREMENTS, oneCallFarther, or, partlyOr, type Requirements, UNREACHABLE } from "./requirements.ts";
import { decidingGuards } from "./ways-chosen.ts";

export interface GateSearch {
  ev: Questions;
  callers: Callers;
  environments: EnvironmentObjects;
  flags: FlagReaders;
}

/** Answers every request that was made, in the order they were made. */
export function resolveGates(search: GateSearch, { all }: GateRequests): ResolvedGates {
  const switches = new DecidingSwitches(search);
  const byPath = new Map<string, Gate[]>();
  const ids = new Map<Call, number>();
  const idOf = (call: Call): number => {
    if (!ids.has(call)) ids.set(call, ids.size);
    return ids.get(call)!;
  };
  const resolved = new Map<GateRequest, readonly Gate[]>();
  for (const request of all) {
    if (request.kind !== "path") continue;
    const key = request.calls.map(idOf).join();
    let gates = byPath.get(key);
    if (gates === undefined) {
      const needs = switches.needsOf(request.calls);
      if ((needs?.size ?? 0) >= FIND_BOUNDS.requirements)
        search.ev.log.add("cut-alternatives", `code behind more than ${FIND_BOUNDS.requirements} switches`);
      gates = gatesOf(needs);
      byPath.set(key, gates);
    }
    resolved.set(request, gates);
  }
  for (const request of all)
    if (request.kind === "either")
      resolved.set(request, sharedGates([resolved.get(request.a)!, resolved.get(request.b)!]));
  return { of: (request) => [...resolved.get(request)!] };
}

/**
 * Switches that decide whether a call is reached: conditions around it, around every way that leads to its function,
 * and around what makes the object it is a method of.
 */
class DecidingSwitches {
  readonly #ev: Questions;
  readonly #callers: Callers;
  readonly #conditions: NecessaryConditions;
  /** `from`: the level from which on an answer is the whole one. */
  readonly #functions = new Map<Func, { needs: Requirements; from: number }>();
  readonly #busy = new Set<Func>();
  readonly #starts: ProgramStarts;
  readonly #parameters: CalledParameters;
  /** For files that are started; while one is being found out it needs nothing. */
  readonly #started = new Map<string, Requirements>();
  #fuel = 0;
  /** Something on the way leans on an answer that is still open. */
  #provisional = false;
  /** Something on the way was too far away to be looked at. */
  #cut = false;

  constructor({ ev, callers, environments, flags }: GateSearch) {
    this.#ev = ev;
    this.#callers = callers;
    this.#starts = new ProgramStarts(ev.program);
    this.#conditions = new NecessaryConditions({
      ev,
      environments,
      flags,
      hierarchy: callers.hierarchy,
      calledWith: (f) => this.#given(f),
      reached: (call) => this.#reached(call),
      sitesOf: (f) => this.#sitesOf(f),
      methodsOfMade: (c, name) => methodsOfMade(callers, ev.program, c, name),
    });
    this.#parameters = new CalledParameters(ev, this.#conditions);
  }

  needsOf(calls: readonly Call[]): Requirements {
    this.#fuel = FIND_BOUNDS.gateFuel;
    const [sink, ...path] = calls;
    if (sink === undefined) return NO_REQUIREMENTS;
    let needs = this.#atSite(sink);
    // where the stack of calls begins, and those of the objects that its methods are called on
    const ends = [sink.within];
    for (const call of path) {
      const led = ends.map((f) => this.#ledTo(call, f));
      const at = led.findIndex((f) => f !== null);
      const makes = at < 0 && ends.some((f) => this.#makes(call, f));
      // else it gave a value, somewhere else and some other time
      if (at < 0 && !makes) continue;
      needs = and(needs, this.#atSite(call));
      if (at >= 0) needs = and(needs, this.#conditions.ofCallee(call, led[at]!));
      if (makes) ends.push(call.within);
      else ends[at] = call.within;
    }
    for (const end of ends) if (end !== null) needs = and(needs, this.#toReach(end, 0));
    for (const call of [sink, ...path]) if (call.within === null) needs = and(needs, this.#toStart(call.unit.file, 0));
    return needs;
  }

  /** The function that a call runs, of this one and those around it. */
  #ledTo(call: Call, f: Func | null): Func | null {
    for (let g = f; g !== null; g = g.outer) if (this.#callers.of(g).some((site) => site.call === call)) return g;
    return null;
  }

  /** Does a call make what the function is a method of? */
  #makes(call: Call, f: Func | null): boolean {
    for (let g = f; g !== null; g = g.outer) {
      const maker = classOf(g)?.constructorFunction ?? null;
      if (maker !== null && maker !== g && this.#ledTo(call, maker) !== null) return true;
    }
    return false;
  }

  /** What few calls give a function that nobody else can call. */
  #given(f: Func): (readonly Argument[])[] | null {
    const sites = this.#callers.of(f);
    if (sites.length === 0 || sites.length > FIND_BOUNDS.gateArguments || this.#sitesOf(f) === null) return null;
    // what a promise gives its callback is known
    if (this.#passed(f).some(({ call, index }) => index > 0 || invocationOf(call) === null)) return null;
    const given = sites.flatMap(({ frame, made }) => (frame.args === null || made !== undefined ? [] : [frame.args]));
    return given.length === sites.length ? given : null;
  }

  /** Conditions around a call in its own function, and those of making what it is called on. */
  #atSite(call: Call): Requirements {
    const around = and(this.#conditions.ofGuard(decidingGuards(call)), this.#conditions.ofGuard(call.loop));
    const needs = call.within === null ? and(around, this.#conditions.ofExitsAbove(call)) : around;
    return call.callee.kind === "member" ? and(needs, this.#conditions.ofReceiver(call.callee.object)) : needs;
  }

  #throughSite(call: Call, level: number): Requirements {
    const here = this.#atSite(call);
    if (here === null) return here;
    return and(here, call.within === null ? this.#toStart(call.unit.file, level) : this.#toReach(call.within, level));
  }

  /** The same in the middle of another question: whole where that does not lean on the one that is open. */
  #reached(call: Call): { needs: Requirements; isWhole: boolean } {
    const before = this.#provisional;
    this.#provisional = false;
    const needs = this.#throughSite(call, FIND_BOUNDS.gateLevels / 2);
    const isWhole = !this.#provisional && this.#fuel > 0;
    this.#provisional ||= before;
    return { needs, isWhole };
  }

  /** For a file that is a program of its own to be started by the others. */
  #toStart(file: string, level: number): Requirements {
    const known = this.#started.get(file);
    if (known !== undefined) return known;
    const sites = this.#starts.of(file);
    if (sites.length === 0 || sites.length > FIND_BOUNDS.gateCallers || level > FIND_BOUNDS.gateLevels)
      return NO_REQUIREMENTS;
    this.#started.set(file, NO_REQUIREMENTS);
    let needs: Requirements = UNREACHABLE;
    for (const site of sites) needs = partlyOr(needs, this.#throughSite(site, level + 1));
    this.#started.set(file, needs ?? NO_REQUIREMENTS);
    return needs ?? NO_REQUIREMENTS;
  }

  /** For a function to be called at all. */
  #toReach(f: Func, level: number): Requirements {
    const known = this.#functions.get(f);
    if (known !== undefined && known.from <= level) {
      this.#cut ||= known.from > 0;
      return known.needs;
    }
    if (this.#busy.has(f)) {
      this.#provisional = true;
      return UNREACHABLE;
    }
    if (level > FIND_BOUNDS.gateLevels || --this.#fuel < 0) {
      this.#cut = true;
      return NO_REQUIREMENTS;
    }
    const before = { provisional: this.#provisional, cut: this.#cut };
    this.#provisional = false;
    this.#cut = false;
    this.#busy.add(f);
    let needs = oneCallFarther(this.#called(f, level + 1)) ?? NO_REQUIREMENTS;
    const c = classOf(f);
    if (c !== null && !f.static && !isConstructor(f)) needs = and(needs, this.#made(c, level + 1));
    // a closure is there only where it was made
    needs = and(needs, this.#conditions.ofGuard(f.guard));
    if (f.outer !== null) needs = and(needs, this.#toReach(f.outer, level + 1));
    const given = this.#givenWhereWritten(f);
    if (given !== null) needs = and(needs, this.#atSite(given));
    this.#busy.delete(f);
    const leans = this.#provisional && this.#busy.size > 0;
    // from much nearer there may be more to say
    if (!leans && this.#fuel > 0)
      this.#functions.set(f, { needs, from: this.#cut ? Math.max(1, level - FIND_BOUNDS.gateNearer) : 0 });
    this.#provisional = before.provisional || leans;
    this.#cut ||= before.cut;
    return needs;
  }

  #made(c: ClassDef, level: number): Requirements {
    if (c.constructorFunction !== null) return this.#toReach(c.constructorFunction, level);
    let needs: Requirements = UNREACHABLE;
    for (const v of this.#callers.holdersOf(c)) {
      // made by others, under names of theirs
      if (v.aliases.length > 0) return NO_REQUIREMENTS;
      for (const call of this.#ev.program.callsOf.get(v) ?? [])
        if (call.construct)
          needs = partlyOr(needs, and(this.#conditions.ofClass(call, c), this.#throughSite(call, level)));
    }
    return needs ?? NO_REQUIREMENTS;
  }

  /** What all callers share. */
  #called(f: Func, level: number): Requirements {
    if (this.#isModule(f)) return this.#handedOver(f);
    const sites = this.#sitesOf(f);
    if (sites === null) return NO_REQUIREMENTS;
    const isFew = sites.length <= FIND_BOUNDS.gateCallers;
    let needs: Requirements = UNREACHABLE;
    for (const call of sites) {
      if (isInside(call.within, f)) continue;
      const through = and(this.#conditions.ofCallee(call, f), this.#throughSite(call, level));
      needs = isFew ? partlyOr(needs, through) : or(needs, through);
      if (!isFew && needs !== null && needs.size === 0) break;
    }
    return and(needs, this.#handedOver(f));
  }

  /** For a function that is called through parameters alone: that those it is given to call it. */
  #handedOver(f: Func): Requirements {
    const passed = this.#passed(f);
    if (
      passed.length === 0 ||
      !this.#callers.of(f).every(({ call }) => [call.callee, ...call.arguments].some(isParameter))
    )
      return NO_REQUIREMENTS;
    return passed.map((use) => this.#parameters.ofGiven(use)).reduce(or, UNREACHABLE);
  }

  #passed = (f: Func): ArgumentUse[] => [
    ...f.passedTo,
    ...[...this.#callers.holdersOf(f)].flatMap(({ passedTo }) => passedTo),
  ];

  /** Calls that lead to a function; null where there may be more than can be seen. */
  #sitesOf(f: Func): Call[] | null {
    const { program } = this.#ev;
    const { callsOfMember, callsOf, results } = program;
    const holders = this.#callers.holdersOf(f);
    const names = new Set(isConstructor(f) ? [] : [...f.aliases, ...[...holders].flatMap((v) => v.aliases)]);
    for (const name of names) if (callsOfMember.has(name) && isCommonName(program, f, name)) return null;
    const sites = new Set<Call>();
    for (const { call } of this.#callers.of(f)) if (!callsParameter(call)) sites.add(call);
    for (const { call } of this.#passed(f)) {
      // `const load = memoise(f)`: calls of `load` are calls of `f`
      const result = results.get(call);
      const through = result === undefined ? [] : (callsOf.get(result) ?? []);
      if (through.length > 0) for (const c of through) sites.add(c);
      else sites.add(call);
    }
    return [...sites];
  }

  /** `bus.on("sent", () => {…})`: whoever calls it, it was given there. */
  #givenWhereWritten(f: Func): Call | null {
    const [only, ...more] = f.passedTo;
    if (only === undefined || more.length > 0 || f.aliases.length > 0) return null;
    return this.#callers.holdersOf(f).size === 0 ? only.call : null;
  }

  /** A function that a bundler made of a file runs when the file is first imported: who that is says nothing. */
  #isModule(f: Func): boolean {
    if (f.outer !== null) return false;
    if (this.#ev.program.bundled.has(f)) return true;
    const [passing] = f.passedTo;
    if (passing === undefined || passing.call.within !== null) return false;
    const result = this.#ev.program.results.get(passing.call);
    const calls = result === undefined ? [] : (this.#ev.program.callsOf.get(result) ?? []);
    return calls.every((c) => c.arguments.length === 0 && (c.used === "no" || f.params > 0));
  }
}

/** `callback()` inside the function that takes it: where it is given is more telling. */
const callsParameter = ({ callee }: Call): boolean => isParameter(callee);

const isParameter = (e: Expr): boolean =>
  e.kind === "ref" && canonical(e.variable).definitions.some(({ expression }) => expression.kind === "param");
