import type { Questions } from "../../evaluate/engine/questions.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { canonical } from "../../ir/program.ts";
import { type ClassDef, classesAround, type Func } from "../../ir/unit.ts";
import type { EmitterHints, EventCall } from "../../model/signatures/telemetry-hints.ts";
import { printTemplate } from "../../model/template.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { Callers } from "../calls/callers.ts";
import type { EventFlow, RequestSite } from "../requests/carried-by.ts";
import type { UngatedRequest } from "../switches/gate-requests.ts";
import type { BodyFields } from "./body-records.ts";
import type { ObjectGraphs } from "./object-graph.ts";

export interface TransportSearch {
  ev: Questions;
  callers: Callers;
  sites: readonly RequestSite[];
  graphs: ObjectGraphs;
  bodyFields: BodyFields;
  hints: readonly EmitterHints[];
}

/**
 * Which requests carry what an object of a library is told. There are thousands of both, so requests are put in order
 * once.
 */
export class LibraryTransports {
  readonly #ev: Questions;
  readonly #callers: Callers;
  readonly #sites: readonly RequestSite[];
  readonly #at = new Map<readonly string[], EventFlow[]>();
  readonly #graphs: ObjectGraphs;
  readonly #bodyFields: BodyFields;
  readonly #lists: readonly RegExp[];
  #byMaker: Map<ClassDef | Func, Set<Call>> | null = null;
  #withLists: ReadonlySet<Call> | null = null;

  constructor({ ev, callers, sites, graphs, bodyFields, hints }: TransportSearch) {
    this.#graphs = graphs;
    this.#ev = ev;
    this.#callers = callers;
    this.#sites = sites;
    this.#bodyFields = bodyFields;
    this.#lists = hints.flatMap((h) => h.lists ?? []).map((text) => new RegExp(text, "i"));
  }

  /**
   * Requests made by classes whose instances an object is made of: `getLogger()` of a provider that was given an
   * exporter. Null where they may lie where nobody sees.
   */
  ofObject(e: Expr): EventFlow[] | null {
    const graph = this.#graphs.keptBy(e);
    const made = this.#madeIn();
    const madeBy = (makers: Iterable<ClassDef | Func>) => new Set([...makers].flatMap((m) => [...(made.get(m) ?? [])]));
    let calls = madeBy([...graph.classes, ...graph.functions]);
    if (calls.size === 0) {
      const classes = new Set<ClassDef>();
      collect({ ev: this.#ev, callers: this.#callers, classes, seen: new Set() }, e, 0);
      calls = madeBy(classes);
    }
    if (calls.size === 0) return graph.complete && graph.classes.size + graph.functions.size > 0 ? [] : null;
    const withLists = [...calls].filter((call) => this.#carriesLists(call));
    return (withLists.length > 0 ? withLists : [...calls]).map((call) => ({ call, path: [], allowed: null }));
  }

  /**
   * The requests that carry what a call tells the object of a library; null where the object is none of the
   * library's.
   */
  of({ callee }: Call, { carriers = [], ofClient }: EventCall): EventFlow[] | null {
    const seen = callee.kind === "member" ? (this.ofObject(callee.object) ?? this.#sentByNone(callee)) : null;
    const stated = this.at(carriers);
    if (seen === null) return stated;
    const calls = new Set(seen.map(({ call }) => call));
    if (ofClient) {
      const own = stated.filter(({ call }) => calls.has(call));
      return own.length > 0 ? own : null;
    }
    return seen;
  }

  /**
   * No request, where the method itself is all known and leads to none. The object may hold others that take callbacks:
   * `{ startSpan: () => silent, withContext: (c, f) => f() }`.
   */
  #sentByNone(method: Expr): EventFlow[] | null {
    const graph = this.#graphs.keptBy(method);
    if (!graph.complete || graph.functions.size === 0) return null;
    const made = this.#madeIn();
    return [...graph.classes, ...graph.functions].some((maker) => made.has(maker)) ? null : [];
  }

  /** Requests that carry signals of other kinds, which share an exporter with these. */
  carryingOthers({ never = [] }: EventCall): ReadonlySet<UngatedRequest> {
    return new Set(this.at(never).flatMap(({ only }) => [...(only ?? [])]));
  }

  /**
   * Requests to such addresses: what carries the events where the way there leads through a registry of the library.
   */
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

  /** Does the request's body hold a list of what is sent? */
  #carriesLists(call: Call): boolean {
    this.#withLists ??= new Set(
      this.#sites
        .filter(({ request }) =>
          [...(this.#bodyFields.get(request) ?? [])].some((f) => this.#lists.some((l) => l.test(f))),
        )
        .map((site) => site.call),
    );
    return this.#withLists.has(call);
  }

  /** Calls that make requests in a function or in methods of a class, or that these lead to. */
  #madeIn(): Map<ClassDef | Func, Set<Call>> {
    if (this.#byMaker === null) {
      this.#byMaker = new Map();
      for (const { call, path } of this.#sites) {
        for (const { within } of [call, ...path]) {
          for (const maker of [...classesAround(within), ...(within === null ? [] : [within])]) {
            const calls = this.#byMaker.get(maker);
            if (calls === undefined) this.#byMaker.set(maker, new Set([call]));
            else calls.add(call);
          }
        }
      }
    }
    return this.#byMaker;
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
