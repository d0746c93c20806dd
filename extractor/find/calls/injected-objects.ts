import type { Value } from "../../evaluate/domain/value.ts";
import type { CallingContext } from "../../evaluate/engine/calling-context.ts";
import { eachOpenParameter } from "../../evaluate/engine/open-holes.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { type Func, isConstructor } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { CallSite } from "./call-site.ts";

/** What members mean on objects that others handed over. */
export class InjectedObjects {
  readonly #ev: Questions;
  readonly #callersOf: (f: Func) => readonly CallSite[];
  readonly #known = new Map<Expr, Set<Func>>();

  constructor(ev: Questions, callersOf: (f: Func) => readonly CallSite[]) {
    this.#ev = ev;
    this.#callersOf = callersOf;
  }

  /**
   * The functions that a callee may mean on what some function was given and kept, or was made by what another one was
   * given:
   * `class Models { constructor(client) {…} list() { this.client.request(…) } }`, `use(client)`
   * @param values what it is without any caller
   */
  meant(callee: Expr, values: readonly Value[]): ReadonlySet<Func> {
    let known = this.#known.get(callee);
    if (known !== undefined) return known;
    known = new Set();
    this.#known.set(callee, known);
    const end = this.#ev.steps + FIND_BOUNDS.injectedSteps;
    const chains: { context: CallingContext; values: readonly Value[] }[] = [
      { context: { frames: new Map(), receivers: false }, values },
    ];
    for (const { context, values } of chains) {
      const keepers = new Set<Func>();
      eachOpenParameter(values, (origin) => {
        // whoever makes a keeper may have been given it: `const open = (send) => new Client(send)`
        const isAsked = this.#isKeeper(origin) || (context.frames.size > 0 && this.#ev.steps < end);
        if (isAsked && !context.frames.has(origin.func)) keepers.add(origin.func);
      });
      for (const f of keepers) {
        for (const { frame } of [...this.#callersOf(f)].sort(itselfFirst).slice(0, FIND_BOUNDS.injectedGivers)) {
          const receivers = context.receivers || frame.receiver !== undefined;
          const next = { frames: new Map(context.frames).set(f, frame), receivers };
          const given = this.#ev.ask(next, (ev) => ev.evaluate(callee, null));
          for (const v of given) if (v.kind === "function") known.add(v.func);
          if (next.frames.size < FIND_BOUNDS.injectedKeepers && chains.length < FIND_BOUNDS.injectedChains)
            chains.push({ context: next, values: given });
        }
      }
    }
    return known;
  }

  /** Is what the function is given there still held once it has returned? */
  #isKeeper({ func: f, index }: { func: Func; index: number }): boolean {
    if (isConstructor(f) || isSetter(f)) return true;
    const given = f.paramVariables[index];
    if (!given) return false;
    const isHeld = (this.#ev.program.heldBy.get(canonical(given)) ?? []).some(({ owner }) => owner !== f);
    return (
      isHeld || given.passedTo.some(({ call: { callee } }) => callee.kind === "member" && KEEPS.has(callee.property))
    );
  }
}

/** `use(client)` keeps a client in a list. */
const KEEPS = new Set(["push", "unshift", "add", "set"]);

/** `setClient(client) { this.client = client }` */
const isSetter = ({ thisWrites, paramVariables }: Func): boolean =>
  thisWrites.some(({ expression: e }) => e.kind === "ref" && paramVariables.includes(canonical(e.variable)));

/** `new Models(this)` tells more than `new Batches(this.client)`, which was given to its own maker. */
const itselfFirst = (a: CallSite, b: CallSite): number => Number(givesItself(b)) - Number(givesItself(a));

const givesItself = ({ frame }: CallSite): boolean =>
  frame.args?.some((a) => "expression" in a && a.expression.kind === "this") ?? false;
