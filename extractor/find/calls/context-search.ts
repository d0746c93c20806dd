import { literalText as literal, type Value } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { invocationOf } from "../../evaluate/natives/invocation.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { type Func, isConstructor } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { CallSite } from "./call-site.ts";
import { CallerCount, type Unfollowed } from "./caller-count.ts";
import type { Callers } from "./callers.ts";
import { type Caller, type ContextChain, ContextQueue } from "./context-queue.ts";
import { receiverClass } from "./receiver-class.ts";
import { isFoundByValue } from "./value-calls.ts";

/** What a context told: nothing new, or something, or what makes others like it worth looking at. */
export type SearchAnswer = "nothing" | "something" | "news";

export interface ContextQuestion {
  /** Functions whose callers the answer waits for. */
  open: (ev: Evaluator, at: ContextChain) => Iterable<Func>;
  /** `final` is false where callers go on filling what is open. */
  answer: (ev: Evaluator, at: ContextChain, final: boolean) => SearchAnswer;
  /** Callers that may be meant, asked outside any question; all of them if not given. */
  mayCall?: (call: Call, f: Func, outer: ContextChain) => boolean;
  /** Callers that are worth following; all of them if not given. */
  worth?: (ev: Evaluator, f: Func, site: CallSite) => boolean;
  /** The first chain that reaches a call is the one that counts for it: the shortest. */
  nearestFirst?: boolean;
  /** Told of the function whose callers were left out, where some were. */
  leftOut?: (unfollowed: Unfollowed | null) => void;
}

/**
 * Asks a question about a call under more and more of its callers: as long as the answer waits for parameters (`open`),
 * it is asked again for each place that fills them. The answer says whether it found something new: a search that finds
 * nothing ends sooner.
 * @returns whether every chain was followed to its end
 */
export function searchContexts(ev: Questions, callers: Callers, search: ContextQuestion): boolean {
  let complete = true;
  const queue = new ContextQueue(search.nearestFirst === true);
  const followed = new CallerCount();
  let steps = ev.steps + FIND_BOUNDS.contextSteps;
  let contexts = FIND_BOUNDS.contexts;
  /** Callers of the call's own function since the last find, once the budgets are spent. */
  let withoutNews = 0;
  /**
   * Contexts since the last find under which a question took all its fuel: nothing of it is kept, so the next takes as
   * much.
   */
  let exhausted = 0;
  /** Of calls of chains: whether one has told something. */
  const asked = new Map<Call, "told" | "told nothing">();
  const rankOf = ({ call }: CallSite): number => ORDER[asked.get(call) ?? "not yet"];
  /** The chain that a caller makes of the one it calls; null where it brings nothing. */
  const extended = ({ outer, f, site }: Caller): ContextChain | null => {
    const { call } = site;
    const known = outer.context?.frames;
    if (search.mayCall?.(call, f, outer) === false) return null;
    // what another call returned
    if (site.made?.some(({ by, frame }) => (known?.get(by) ?? frame) !== frame)) return null;
    if (!ev.ask(outer.context, (ev) => ev.isReachable(call.guard, null))) return null;
    if (search.worth && !ev.ask(outer.context, (ev) => search.worth!(ev, f, site))) return null;
    const next: ContextChain = {
      context: callers.contexts.extend(outer.context, f, site),
      path: [...outer.path, call],
      called: [...outer.called, f],
      keys: [...outer.keys, site.key ?? null],
    };
    return ev.ask(next.context, (ev) => leadsThrough(ev, next)) ? next : null;
  };
  /** Asks of one chain, and gives the callers to ask next. */
  const visit = (at: ContextChain): Caller[] => {
    const started = ev.steps;
    const open = ev.ask(at.context, (ev) => [...search.open(ev, at)]);
    const known = at.context?.frames;
    const made = at.called.filter(isConstructor).length;
    const isDeep = at.path.length >= FIND_BOUNDS.contextLevels + Math.min(made, FIND_BOUNDS.contextMakers);
    if (ev.exhausted) {
      exhausted++;
      followed.letsGo(at);
      complete = false;
    }
    const next = !isDeep && !ev.exhausted ? open.filter((f) => !known?.has(f)).sort(constructorsLast) : [];
    const before = ev.steps;
    const { f, sites } = firstCalled(callers, next, at);
    // who calls a function is found out once, for all searches
    const spentOnCallers = ev.steps - before;
    steps += spentOnCallers;
    if (f !== null && sites.length === 0) return [];
    if (isDeep && open.length > 0) {
      ev.log.add("cut-contexts", `a call chain of more than ${FIND_BOUNDS.contextLevels} levels`);
      followed.letsGo(at);
      complete = false;
    }
    const found = ev.ask(at.context, (ev) => search.answer(ev, at, f === null));
    queue.told(at, found !== "nothing", ev.steps - started - spentOnCallers);
    for (const call of at.path) {
      if (found !== "nothing") asked.set(call, "told");
      else if (!asked.has(call)) asked.set(call, "told nothing");
    }
    if (found !== "nothing") withoutNews = 0;
    if (found === "news") {
      exhausted = 0;
      steps += FIND_BOUNDS.contextStepsOfAFind;
      contexts += FIND_BOUNDS.contextsOfAFind;
    }
    if (f === null) return [];
    // a call back into the chain brings nothing that the chain's start didn't
    const further = sites.filter(({ call }) => !comesBack(at, f, call));
    followed.knows(f, further.length);
    const inOrder = further.sort((a, b) => rankOf(a) - rankOf(b));
    return inOrder.map((site) => ({ outer: at, f, site, among: inOrder.length }));
  };
  queue.start(visit({ context: null, path: [], called: [], keys: [] }));
  let ownSteps = 0;
  let ownContexts = 0;
  for (let caller = queue.next(); caller !== null; caller = queue.next()) {
    if (exhausted >= FIND_BOUNDS.exhaustedContexts) {
      ev.log.add("cut-fuel", `a call with ${exhausted} chains of callers that take all steps and tell nothing`);
      complete = false;
      break;
    }
    if (queue.isStart(caller)) {
      const isSpent = ev.steps > steps || contexts < 0;
      withoutNews = isSpent ? withoutNews + 1 : 0;
      if (withoutNews > FIND_BOUNDS.callersWithoutNews) {
        ev.log.add(
          "cut-contexts",
          `a call with ${FIND_BOUNDS.callersWithoutNews} callers one after the other that tell nothing new`,
        );
        complete = false;
        break;
      }
      ownSteps = ev.steps + FIND_BOUNDS.contextStepsOfACaller;
      ownContexts = FIND_BOUNDS.contextsOfACaller;
    }
    followed.asks(caller.f, caller.site.call);
    const at = extended(caller);
    if (at === null) continue;
    const next = visit(at);
    contexts--;
    ownContexts--;
    if (next.length === 0) continue;
    if (ev.steps > steps && ev.steps > ownSteps) {
      ev.log.add("cut-contexts", `a call whose chains of callers take more than ${FIND_BOUNDS.contextSteps} steps`);
      followed.letsGo(at);
      complete = false;
    } else if (contexts < 0 && ownContexts < 0) {
      ev.log.add("cut-contexts", `a call with more than ${FIND_BOUNDS.contexts} chains of callers`);
      followed.letsGo(at);
      complete = false;
    } else queue.add(next, caller);
  }
  if (queue.left > 0) ev.log.add("cut-contexts", "a function whose first callers tell nothing");
  if (complete && queue.left === 0) return true;
  search.leftOut?.(followed.fewest());
  return false;
}

/**
 * What told something of one caller's object tells it of the next one's; and where there is no time for all of them,
 * each caller tries others.
 */
const ORDER = { told: 0, "not yet": 1, "told nothing": 2 };

/**
 * `client[method](url)`, `callback(url)`: a caller further out may have chosen another function than the one asked
 * about.
 */
function leadsThrough(ev: Evaluator, { path, called, keys }: ContextChain): boolean {
  return path.every((call, i) => {
    const f = invocationOf(call)?.callee ?? call.callee;
    if (f.kind === "index") {
      const names = ev.evaluate(f.index, null).map(literal);
      if (names.length === 0 || names.includes(null)) return true;
      if (keys[i] !== null) return names.includes(keys[i]!);
    }
    const isByValue = isFoundByValue(f);
    const isKept = f.kind === "member" && !called[i]!.aliases.includes(f.property);
    if (f.kind !== "index" && !isByValue && !isKept && !isParameter(f)) return true;
    const values = ev.evaluate(f, null);
    const functions = isByValue ? values.filter((v) => v.kind === "function") : [];
    // what was found by a value is one of those that there are
    const known = functions.length > 0 ? functions : values;
    // a method of that name may call what it is given: `source.pipe(called)`
    const isOther = (v: Value): boolean =>
      v.kind === "function" && v.func !== called[i] && !(isKept && v.func.aliases.includes(f.property));
    return known.length === 0 ? f.kind !== "index" : !known.every(isOther);
  });
}

const isParameter = (e: Expr): boolean =>
  e.kind === "ref" && canonical(e.variable).definitions.some((d) => d.expression.kind === "param");

/**
 * Does a call of `f` stand in a function that `f` itself leads to? In one of the chain that is called from elsewhere it
 * may stand: `const make = (base) => each((path) => fetch(base + path))`, where `each` calls what it is given.
 */
function comesBack({ called, path }: ContextChain, f: Func, { within }: Call): boolean {
  for (let g = within; g !== null; g = g.outer) {
    let at: Func | null = g;
    for (let step = 0; step <= called.length && at !== null; step++) {
      if (at === f) return true;
      const index: number = called.indexOf(at);
      at = index < 0 ? null : calledAround(path[index]!.within, called, f);
    }
  }
  return false;
}

/** The innermost function around a place that the chain asks of. */
function calledAround(within: Func | null, called: readonly Func[], f: Func): Func | null {
  for (let g = within; g !== null; g = g.outer) if (g === f || called.includes(g)) return g;
  return null;
}

/** @param functions constructors last */
function firstCalled(callers: Callers, functions: Func[], at: ContextChain) {
  for (const f of functions) {
    const all = callers.of(f);
    // a method before it that nobody calls stays open: some objects of the class tell as much as all
    if (all.length === 0 && !callers.isUncalled(f)) continue;
    if (!isConstructor(f)) return { f, sites: all };
    const sites = callers.makersFor(all, receiverClass(at));
    return { f, sites: f === functions[0] ? sites : sites.slice(0, FIND_BOUNDS.objectsOfAClass) };
  }
  return { f: null, sites: [] };
}

const constructorsLast = (a: Func, b: Func): number => Number(isConstructor(a)) - Number(isConstructor(b));
