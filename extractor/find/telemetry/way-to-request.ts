import { NOTHING } from "../../evaluate/domain/value.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { type ClassDef, classesAround, classOf, type Func } from "../../ir/unit.ts";
import type { Callers } from "../calls/callers.ts";
import type { ContextChain } from "../calls/context-queue.ts";
import { type EventFlow, senderOf } from "../requests/carried-by.ts";
import type { ObjectGraphs } from "./object-graph.ts";

interface WaySearch {
  ev: Questions;
  callers: Callers;
  graphs: ObjectGraphs;
}

/** Calls of a function, from the one that names an event outwards. */
type Chain = Pick<ContextChain, "path" | "called">;

const NO_CHAIN: Chain = { path: [], called: [] };

/** The objects whose methods an event goes through on its way to its requests. */
export class WayToRequest {
  readonly #search: WaySearch;
  /** What makes the requests; empty where something other than a class makes one. */
  readonly #senders: readonly ClassDef[];
  readonly #classes: ReadonlySet<ClassDef>;

  constructor(search: WaySearch, flows: readonly EventFlow[]) {
    this.#search = search;
    const senders = flows.map(senderOf);
    this.#senders = senders.every((c) => c !== null) ? [...new Set(senders)] : [];
    const functions = flows.flatMap(({ call, path }) => [
      call.within,
      ...path.flatMap(({ func, call: hop }) => [func, hop.within]),
    ]);
    this.#classes = new Set(functions.flatMap((f) => [...classesAround(f)]));
  }

  /** May what a call gives a function take this way? Of two exporters over one queue, each has its own loggers. */
  mayCall(call: Call, f: Func, chain = NO_CHAIN): boolean {
    if (this.#isOfAnother(call, f, chain)) return false;
    return this.#senders.length === 0 || this.#search.graphs.mayCall(call, this.#senders) || this.#isHeld(call, chain);
  }

  /**
   * Does an object on the way hold what is called?
   *
   * `class Reporter { report(e) { this.queue.add(e); } flush() { send(this.queue.items); } }`
   */
  #isHeld({ callee: f, within }: Call, chain: Chain): boolean {
    if (f.kind !== "member" || f.object.kind !== "member") return false;
    const root = rootOf(f.object);
    const onWay = this.#classesOn(chain);
    const isOnWay = (c: ClassDef): boolean =>
      onWay.some((other) => this.#search.callers.hierarchy.areRelated(c, other));
    if (root.kind === "this") return [...classesAround(within)].some(isOnWay);
    const made = this.#search.ev.tryWithin((ev) => ev.evaluate(root, null), NOTHING);
    return made.some((v) => v.kind === "instance" && v.of.kind === "class" && isOnWay(v.of.classDef));
  }

  /**
   * A method that several classes inherit, called by one of them, is another's on a way through an object of that:
   *
   * `class Clicks extends Queue { sent(list) { post("/clicks", list); } }`, `class Errors extends Queue { … }`
   */
  #isOfAnother({ callee: f, within }: Call, method: Func, chain: Chain): boolean {
    const { hierarchy } = this.#search.callers;
    const base = classOf(method);
    const caller = classOf(within);
    if (base === null || caller === null || f.kind !== "member" || f.object.kind !== "this") return false;
    if (caller === base || !hierarchy.isBelow(caller, base)) return false;
    const others = this.#classesOn(chain).filter((c) => c !== base && hierarchy.isBelow(c, base));
    return others.length > 0 && !others.some((c) => hierarchy.areRelated(c, caller));
  }

  #classesOn({ path, called }: Chain): ClassDef[] {
    const functions = [...called, ...path.map(({ within }) => within)];
    return [...this.#classes, ...functions.flatMap((f) => [...classesAround(f)])];
  }
}

function rootOf(e: Expr): Expr {
  let root = e;
  while (root.kind === "member") root = root.object;
  return root;
}
