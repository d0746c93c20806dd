import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { type ClassDef, classesAround } from "../../ir/unit.ts";
import { printTemplate } from "../../model/template.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { Callers } from "../calls/callers.ts";
import type { EventFlow, RequestSite } from "../requests/carried-by.ts";

/** Which requests carry what an object of a library is told. There are thousands of both, so requests are put in order once. */
export class LibraryTransports {
  readonly #ev: Questions;
  readonly #callers: Callers;
  readonly #sites: readonly RequestSite[];
  readonly #at = new Map<readonly string[], EventFlow[]>();
  #byClass: Map<ClassDef, Set<Call>> | null = null;

  constructor(ev: Questions, callers: Callers, sites: readonly RequestSite[]) {
    this.#ev = ev;
    this.#callers = callers;
    this.#sites = sites;
  }

  /** Requests made by classes whose instances an object is made of: `getLogger()` of a provider that was given an exporter. */
  ofObject(e: Expr): EventFlow[] {
    const classes = new Set<ClassDef>();
    collect({ ev: this.#ev, callers: this.#callers, classes, seen: new Set() }, e, 0);
    const made = this.#madeInClasses();
    const calls = new Set([...classes].flatMap((c) => [...(made.get(c) ?? [])]));
    return [...calls].map((call) => ({ call, path: [], allowed: null }));
  }

  /** Requests to such addresses: what carries the events where the way there leads through a registry of the library. */
  at(addresses: readonly string[]): EventFlow[] {
    let flows = this.#at.get(addresses);
    if (flows === undefined) {
      const patterns = addresses.map((text) => new RegExp(text));
      const fitting = this.#sites.filter(({ request }) =>
        request.urls.some((t) => patterns.some((p) => p.test(printTemplate(t)))),
      );
      const only = new Set(fitting.map(({ request }) => request));
      flows = [...new Set(fitting.map(({ call }) => call))].map((call) => ({ call, path: [], allowed: null, only }));
      this.#at.set(addresses, flows);
    }
    return flows;
  }

  /** Calls that make requests in methods of a class, or that its methods lead to. */
  #madeInClasses(): Map<ClassDef, Set<Call>> {
    if (this.#byClass === null) {
      this.#byClass = new Map();
      for (const { call, path } of this.#sites) {
        for (const { within } of [call, ...path]) {
          for (const c of classesAround(within)) {
            const calls = this.#byClass.get(c);
            if (calls === undefined) this.#byClass.set(c, new Set([call]));
            else calls.add(call);
          }
        }
      }
    }
    return this.#byClass;
  }
}

interface Walk {
  ev: Questions;
  callers: Callers;
  classes: Set<ClassDef>;
  seen: Set<object>;
}

function collect(walk: Walk, e: Expr, depth: number): void {
  if (depth > FIND_BOUNDS.transportSteps || walk.seen.has(e)) return;
  walk.seen.add(e);
  const next = (x: Expr) => collect(walk, x, depth + 1);
  switch (e.kind) {
    case "ref":
      if (walk.seen.has(canonical(e.variable))) return;
      walk.seen.add(canonical(e.variable));
      for (const d of canonical(e.variable).definitions) next(d.expression);
      return;
    case "param": {
      const sites = walk.callers.of(e.func);
      if (sites.length > FIND_BOUNDS.transportGivers) return;
      for (const { frame } of sites) {
        const a = frame.args?.[e.index];
        if (a && "expression" in a) next(a.expression);
      }
      return;
    }
    case "member":
      next(e.object);
      return;
    case "await":
    case "spread":
      next(e.argument);
      return;
    case "choice":
      next(e.left);
      next(e.right);
      return;
    case "array":
      e.items.forEach(next);
      return;
    case "object":
      for (const m of e.members) if (m.kind === "value" || m.kind === "spread") next(m.value);
      return;
    case "call":
      if (e.construct) {
        const { callee: f } = e;
        for (const v of walk.ev.ask(null, (ev) => ev.evaluate(f, null)))
          if (v.kind === "class") walk.classes.add(v.classDef);
      } else if (e.callee.kind === "member") next(e.callee.object);
      e.arguments.forEach(next);
      return;
    default:
  }
}
