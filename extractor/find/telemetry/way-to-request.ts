import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { type ClassDef, classesAround, classOf, type Func } from "../../ir/unit.ts";
import type { Callers } from "../calls/callers.ts";
import type { ContextChain } from "../calls/context-queue.ts";
import type { EventFlow } from "../requests/carried-by.ts";

/** The objects whose methods an event goes through on its way to a request. */
export class WayToRequest {
  readonly #callers: Callers;
  readonly #classes: ReadonlySet<ClassDef>;

  /** @param chain from the call that names the event outwards */
  constructor(callers: Callers, flows: readonly EventFlow[], chain?: Pick<ContextChain, "path" | "called">) {
    this.#callers = callers;
    const functions = flows.flatMap(({ call, path }) => [
      call.within,
      ...path.flatMap(({ func, call: hop }) => [func, hop.within]),
    ]);
    const further = chain === undefined ? [] : [...chain.called, ...chain.path.map(({ within }) => within)];
    this.#classes = new Set([...functions, ...further].flatMap((f) => [...classesAround(f)]));
  }

  /**
   * Does an object on the way hold what is called?
   *
   * `class Reporter { report(e) { this.queue.add(e); } flush() { send(this.queue.items); } }`
   */
  holds(ev: Questions, { callee: f, within }: Call): boolean {
    if (f.kind !== "member" || f.object.kind !== "member") return false;
    const root = rootOf(f.object);
    if (root.kind === "this") return [...classesAround(within)].some((c) => this.#isOnWay(c));
    const made = ev.tryWithin((ev) => ev.evaluate(root, null), []);
    return made.some((v) => v.kind === "instance" && v.of.kind === "class" && this.#isOnWay(v.of.classDef));
  }

  /**
   * A method that several classes inherit, called by one of them, is another's on a way through an object of that:
   *
   * `class Clicks extends Queue { sent(list) { post("/clicks", list); } }`, `class Errors extends Queue { … }`
   */
  isOfAnother({ callee: f, within }: Call, method: Func): boolean {
    const base = classOf(method);
    if (base === null || f.kind !== "member" || f.object.kind !== "this") return false;
    const caller = classOf(within);
    if (caller === null || caller === base || !this.#callers.isBelow(caller, base)) return false;
    const others = [...this.#classes].filter((c) => c !== base && this.#callers.isBelow(c, base));
    return others.length > 0 && !others.some((c) => this.#isRelated(c, caller));
  }

  #isOnWay(c: ClassDef): boolean {
    return [...this.#classes].some((other) => this.#isRelated(c, other));
  }

  #isRelated(a: ClassDef, b: ClassDef): boolean {
    return this.#callers.isBelow(a, b) || this.#callers.isBelow(b, a);
  }
}

function rootOf(e: Expr): Expr {
  let root = e;
  while (root.kind === "member") root = root.object;
  return root;
}
