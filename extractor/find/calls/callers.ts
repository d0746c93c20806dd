import type { Values } from "../../evaluate/domain/value.ts";
import { argumentOf, argumentsOf } from "../../evaluate/engine/call-frames.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { COLLECTION_CALLBACKS } from "../../evaluate/natives/collection-callbacks.ts";
import { invocationOf } from "../../evaluate/natives/invocation.ts";
import { givenInTurn } from "../../ir/applied-in-turn.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { allHolding, canonical, isCommonName, type Program } from "../../ir/program.ts";
import { isSuperCall, parentOf, superCallOf } from "../../ir/super-call.ts";
import { type ArgumentUse, type ClassDef, classOf, type Func, type Variable } from "../../ir/unit.ts";
import { type CallSite, direct, shifted, uniqueSites } from "./call-site.ts";
import { CallingContexts } from "./calling-contexts.ts";
import { ClassHierarchy } from "./class-hierarchy.ts";
import { ClientResources } from "./client-resources.ts";
import { collectionCallback } from "./collection-callback.ts";
import { dispatchTables } from "./dispatch-tables.ts";
import { emittedTo, isListening } from "./emitted-events.ts";
import { isImported } from "./imported.ts";
import { InjectedObjects } from "./injected-objects.ts";
import { isReturned } from "./returned.ts";
import { isSetElsewhere } from "./set-elsewhere.ts";
import { SitesOfHeld } from "./sites-of-held.ts";
import { ToldNames } from "./told-names.ts";
import { ValueCalls } from "./value-calls.ts";

/** Names that tell a class from other members that a call is given. */
const CLASS_NAME = /^[A-Z]\w*[a-z]/;

/** Who calls a function: by the variables and members that hold it, as a callback, with `new` for a constructor. */
export class Callers {
  readonly contexts = new CallingContexts();
  readonly hierarchy: ClassHierarchy;
  readonly program: Program;
  readonly #ev: Questions;
  readonly #known = new Map<Func, CallSite[]>();
  readonly #values = new Map<Expr, Values>();
  readonly #given: InjectedObjects;
  readonly #resources: ClientResources;
  readonly #uncalled = new Set<Func>();
  readonly #ofResults = new SitesOfHeld<Call>();
  readonly #ofGiven = new SitesOfHeld<Variable>();
  #dispatched: Map<Func, CallSite[]> | null = null;
  readonly #told: ToldNames;
  readonly #valueCalls: ValueCalls;

  constructor(ev: Questions) {
    this.#ev = ev;
    this.program = ev.program;
    this.#given = new InjectedObjects(ev, (f) => this.of(f));
    this.#resources = new ClientResources(ev.program);
    this.hierarchy = new ClassHierarchy(ev);
    this.#told = new ToldNames(ev);
    this.#valueCalls = new ValueCalls(ev, (f) => this.of(f));
  }

  of(f: Func): CallSite[] {
    let sites = this.#known.get(f);
    if (sites === undefined) {
      this.#known.set(f, []);
      const c = classOf(f);
      const made = c !== null && c.constructorFunction === f ? this.#makersOf(c) : [];
      const all = uniqueSites([...made, ...this.#callsOf(f)]);
      // a client is generated with more methods than a program calls
      sites = all.filter(({ call }) => !this.#resources.isUnusedIn(call.within));
      if (sites.length < all.length) this.#ev.log.add("rpc-uncalled", UNCALLED, all.length - sites.length);
      if (sites.length === 0 && all.length > 0) this.#uncalled.add(f);
      this.#known.set(f, sites);
    }
    return sites;
  }

  /** Only methods call it that nothing calls. */
  isUncalled(f: Func): boolean {
    return this.#uncalled.has(f);
  }

  #callsOf(f: Func): CallSite[] {
    const { program } = this.#ev;
    const holders = this.holdersOf(f);
    const sites: CallSite[] = [];
    const names = new Set([...f.aliases, ...this.#valueCalls.namesOf(f)]);
    for (const v of holders) {
      for (const call of program.callsOf.get(v) ?? []) sites.push(direct(call));
      for (const name of v.aliases) names.add(name);
      for (const passing of v.passedTo) sites.push(...this.#calledBack(passing, f));
    }
    for (const passing of f.passedTo) sites.push(...this.#calledBack(passing, f));
    for (const name of names) {
      for (const call of program.callsOfMember.get(name) ?? [])
        if (call.unit.programNumber === f.unit.programNumber && this.#means(call, f, name)) sites.push(direct(call));
      for (const passing of isCommonName(program, f, name) ? [] : (program.membersPassed.get(name) ?? []))
        if (this.#holds(passing.call.arguments[passing.index]!, f)) sites.push(...this.#calledBack(passing, f));
      for (const v of program.destructuredFrom.get(name) ?? [])
        for (const call of program.callsOf.get(v) ?? [])
          if (isSetElsewhere(v) ? this.#means(call, f, name) : this.#holds(call.callee, f)) sites.push(direct(call));
    }
    sites.push(...this.#callsOfStored([...holders, ...names], f, names));
    const invoked = program.invoked.get(f);
    if (invoked !== undefined) sites.push(direct(invoked));
    if (f.outer !== null && isReturned(f, f.outer, holders)) sites.push(...this.#callsOfReturned(f.outer, f));
    sites.push(...(this.#dispatches().get(f) ?? []), ...this.#valueCalls.of(f));
    for (const key of [...holders, ...names]) sites.push(...this.#callsThrough(key, f));
    return sites;
  }

  /** Calls of members that keep what variables and members of these names hold, where they hold the function. */
  #callsOfStored(keys: readonly (Variable | string)[], f: Func, known?: ReadonlySet<string>): CallSite[] {
    const { program } = this.#ev;
    const sites: CallSite[] = [];
    for (const name of new Set(keys.flatMap((key) => program.storedAs.get(key) ?? []))) {
      if (known?.has(name) || isCommonName(program, f, name)) continue;
      for (const call of program.callsOfMember.get(name) ?? [])
        if (call.unit.programNumber === f.unit.programNumber && this.#holds(call.callee, f)) sites.push(direct(call));
    }
    return sites;
  }

  #callsThrough(key: Variable | string, f: Func): CallSite[] {
    return (this.#ev.program.indirectCalls.get(key) ?? []).flatMap((call) =>
      call.callee.kind === "member" && this.#holds(call.callee.object, f) ? this.#indirect(call) : [],
    );
  }

  /** `f.call(self, a)`, `f.apply(self, [a])`, and the calls of what `f.bind(self, a)` makes. */
  #indirect(call: Call): CallSite[] {
    const how = call.callee.kind === "member" ? call.callee.property : "call";
    if (how !== "bind") return [shifted(call, how === "apply")];
    const [self] = call.arguments;
    const given = argumentsOf(call, null).slice(1);
    return this.#callsOfResult(call, null).map(({ call: later, frame }) => ({
      call: later,
      frame: { ...frame, args: [...given, ...(frame.args ?? [])], ...(self ? { receiver: self } : {}) },
    }));
  }

  /** Where the functions that `by` returns are called. */
  #callsOfReturned(by: Func, f: Func): CallSite[] {
    return this.of(by).flatMap(({ call, frame }) =>
      this.#callsOfResult(call, f).map((site) => ({ ...site, made: [{ by, frame }] })),
    );
  }

  /** Where the function `f` that a call yields is called. */
  #callsOfResult(call: Call, f: Func | null): readonly CallSite[] {
    return this.#ofResults.of(call, f, () => this.#callsOfYielded(call, f));
  }

  #callsOfYielded(call: Call, f: Func | null): CallSite[] {
    const { results, resultsPassed, callsOf, callsOfResult } = this.#ev.program;
    const sites = [callsOfResult.get(call) ?? []].flat().map(direct);
    const passed = resultsPassed.get(call);
    if (passed !== undefined) sites.push(...this.#calledBack(passed, f));
    for (const v of allHolding(this.program, [results.get(call) ?? []].flat().map(canonical))) {
      for (const later of callsOf.get(v) ?? []) sites.push(direct(later));
      for (const passing of v.passedTo) sites.push(...this.#calledBack(passing, f));
      // an option: `new Client({ send: traced(fetch) })`
      for (const name of f === null ? [] : v.aliases) sites.push(...this.#callsThrough(name, f!));
    }
    return sites;
  }

  /** Of the places that make objects of a class, those that may make one of `self`. */
  makersFor(sites: CallSite[], self: ClassDef | null): CallSite[] {
    return this.hierarchy.makersFor(sites, self, (e) => this.#valuesOf(e));
  }

  /** Do callers tell more of a name in an address: items of a list that is written out, or a path? */
  readonly tellMore = (f: Func, index: number): boolean => this.#told.by(f, index, this.of(f));

  /** Variables that may hold it, however often it is handed on. */
  holdersOf(held: Func | ClassDef): Set<Variable> {
    return allHolding(this.program, this.program.holders.get(held) ?? []);
  }

  /** Asked for each function of a name again: what took too many steps once would take them each time. */
  #valuesOf(e: Expr): Values {
    let values = this.#values.get(e);
    if (values === undefined) {
      values = this.#ev.ask(null, (ev) => ev.evaluate(e, null));
      this.#values.set(e, values);
    }
    return values;
  }

  /** Does the call of a member of that name reach the function? */
  #means(call: Call, f: Func, name: string): boolean {
    const values = this.#valuesOf(call.callee);
    if (this.hierarchy.isOwnMethod(call, f, name, values)) return true;
    let unknown = values.length === 0 && !this.#isIndirect(call);
    for (const v of values) {
      if (v.kind === "function" && v.func === f) return true;
      if (v.kind === "text" || v.kind === "response" || (v.kind === "scalar" && v.value === undefined)) unknown = true;
    }
    if (!unknown || values.some((v) => v.kind === "function")) return false;
    if (name.length > 2 && !isCommonName(this.#ev.program, f, name)) return true;
    if (this.#resources.means(call, f)) return true;
    return this.#given.meant(call.callee, values).has(f);
  }

  /** `f.call(…)` where `f` is a function: no method of that name is meant. */
  #isIndirect({ callee: f }: Call): boolean {
    if (f.kind !== "member" || !INDIRECT.has(f.property)) return false;
    return this.#valuesOf(f.object).some((v) => v.kind === "function" || v.kind === "native");
  }

  #dispatches(): Map<Func, CallSite[]> {
    if (this.#dispatched === null) {
      this.#dispatched = new Map();
      this.#dispatched = dispatchTables(this.#ev, (f) => this.#giversOf(f));
    }
    return this.#dispatched;
  }

  /** Calls that make an object of a constructor's class, or of a method that keeps what it is told: `queue.register(plugin)`. */
  #giversOf(f: Func): CallSite[] {
    const c = classOf(f);
    if (c === null || c.constructorFunction === f) return c === null ? [] : this.#makersOf(c);
    const named = [...new Set(f.aliases)].flatMap((name) =>
      (this.program.callsOfMember.get(name) ?? []).filter((call) => this.#means(call, f, name)),
    );
    return named.filter((call) => call.unit.programNumber === f.unit.programNumber).map(direct);
  }

  #holds(e: Expr, f: Func): boolean {
    const values = this.#valuesOf(e);
    if (values.some((v) => v.kind === "function" && v.func === f)) return true;
    return e.kind === "member" && this.#given.meant(e, values).has(f);
  }

  /** `g(f)`: f is called where g calls its parameter, or what it keeps it in; timers, promises and lists call it themselves. */
  #calledBack({ call, index }: ArgumentUse, f: Func | null = null): CallSite[] {
    const { callee: g } = call;
    if (index === 0 && g.kind === "member" && !call.construct && COLLECTION_CALLBACKS.has(g.property))
      return [collectionCallback(call, g.object, this.#valuesOf(g.object))];
    const run = index === 0 ? invocationOf(call) : null;
    if (run !== null && run.callee === call.arguments[0])
      return [{ call, frame: { args: run.args, self: null, ...(run.receiver && { receiver: run.receiver }) } }];
    if (index === 1 && isListening(call))
      return emittedTo(this.program, call, (e, c) => this.hierarchy.isMadeOf(this.#valuesOf(e), c));
    const sites: CallSite[] = [];
    // given back, `chain(middlewares)(f)(url)`
    if (f !== null && this.#holds(call, f)) sites.push(...this.#callsOfResult(call, f));
    const parent = parentOf(call);
    for (const callee of this.#valuesOf(parent ?? call.callee)) {
      const isMade = call.construct || parent !== null;
      const by = callee.kind === "class" && !isMade ? null : this.hierarchy.functionOf(callee);
      const given = by && givenInTurn(this.program, call, index, by);
      if (given) sites.push({ call, frame: { args: [argumentOf(given, null)], self: null } });
      const parameter = by?.paramVariables[index];
      if (parameter) sites.push(...this.#callsOfGiven(canonical(parameter), f));
    }
    return sites;
  }

  /** Where a parameter's function is called, by whomever it is handed on to. */
  #callsOfGiven(parameter: Variable, f: Func | null): readonly CallSite[] {
    return this.#ofGiven.of(parameter, f, () => {
      const { callsOf, indirectCalls } = this.program;
      const held = [...allHolding(this.program, [parameter])];
      const sites = held.flatMap((v) => callsOf.get(v) ?? []).map(direct);
      sites.push(...held.flatMap((v) => indirectCalls.get(v) ?? []).flatMap((later) => this.#indirect(later)));
      if (f === null) return sites;
      sites.push(...this.#callsOfStored(held, f));
      for (const v of held) for (const use of v.passedTo) sites.push(...this.#calledBack(use, f));
      return sites;
    });
  }

  /** `new C(…)`, and `super(…)` in classes that extend it. */
  #makersOf(c: ClassDef): CallSite[] {
    const { program } = this.#ev;
    const sites: CallSite[] = [];
    const names = new Set<string>([c.name]);
    for (const v of this.holdersOf(c)) {
      for (const call of program.callsOf.get(v) ?? []) if (call.construct) sites.push(direct(call));
      for (const passing of v.passedTo) sites.push(...this.#calledBack(passing).filter(({ call }) => call.construct));
      for (const name of v.aliases) names.add(name);
    }
    for (const name of names) {
      for (const call of program.callsOfMember.get(name) ?? []) {
        if (call.construct && this.#isClass(call.callee, c)) sites.push(direct(call));
      }
      for (const passing of CLASS_NAME.test(name) ? (program.membersPassed.get(name) ?? []) : []) {
        if (!this.#isClass(passing.call.arguments[passing.index]!, c)) continue;
        sites.push(...this.#calledBack(passing).filter(({ call }) => call.construct));
      }
      for (const v of (program.destructuredFrom.get(name) ?? []).filter(isImported)) {
        for (const call of program.callsOf.get(v) ?? [])
          if (call.construct && this.#isClass(call.callee, c)) sites.push(direct(call));
      }
    }
    const invoked = program.invoked.get(c);
    if (invoked !== undefined) sites.push(direct(invoked));
    sites.push(...this.#valueCalls.of(c));
    for (const d of this.hierarchy.childrenOf(c)) {
      // a level less to climb, and nothing to evaluate
      if (d.constructorFunction === null || superCallOf(program, d).handsOn) sites.push(...this.#makersOf(d));
      else sites.push(...d.constructorFunction.calls.filter(isSuperCall).map(direct));
    }
    return sites;
  }

  #isClass(e: Expr, c: ClassDef): boolean {
    return this.#valuesOf(e).some((v) => v.kind === "class" && v.classDef === c);
  }
}

const INDIRECT = new Set(["call", "apply", "bind"]);
const UNCALLED = "a request of a client's method that no code calls";
