import { known, type Value } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { elementsOf } from "../../evaluate/objects/array.ts";
import { argument } from "../../evaluate/transfer/compute.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { homeOf } from "../../ir/program.ts";
import { type ClassDef, classesAround, type Func } from "../../ir/unit.ts";
import type { RequestFinding } from "../../model/finding.ts";
import { grouped } from "../../model/group.ts";
import type { Callers } from "../calls/callers.ts";
import { bodiesOf } from "../calls/calls-with-names.ts";
import type { Place } from "../telemetry/body-records.ts";

/** Where a request was found: its call, and the callers assumed, from the call outwards. */
export interface RequestSite {
  request: RequestFinding;
  call: Call;
  path: readonly Call[];
}

/** A request that carries what an emitter is told, for the names on a list where there is one. */
export interface Reach {
  call: Call;
  /** Functions on the way to the emitter, and where they are called. */
  path: readonly { func: Func; call: Call }[];
  allowed: ReadonlySet<string> | null;
  /** Of the requests that the call makes for its callers, these alone. */
  only?: ReadonlySet<RequestFinding>;
}

/** The findings that a reach means: those of its call, unless they assume another caller of a function on the way. */
export function requestsReached(
  callers: Callers,
  { call, path, only }: Reach,
  sites: readonly RequestSite[],
): RequestFinding[] {
  const agrees = (site: RequestSite) =>
    path.every(({ func: f, call: caller }) => {
      if (site.path.length === 0 || site.path.includes(caller)) return true;
      return !callers.of(f).some((other) => site.path.includes(other.call));
    });
  const found = sitesOf(sites, call)
    .filter(agrees)
    .map(({ request }) => request);
  return only === undefined ? found : found.filter((request) => only.has(request));
}

const byCall = new WeakMap<readonly RequestSite[], Map<Call, RequestSite[]>>();

/** Put in order once, when all have been found: there are thousands of sites, and of reaches. */
function sitesOf(sites: readonly RequestSite[], call: Call): readonly RequestSite[] {
  let calls = byCall.get(sites);
  if (calls === undefined) {
    calls = grouped(sites, (site) => site.call);
    byCall.set(sites, calls);
  }
  return calls.get(call) ?? [];
}

/** Classes whose methods make requests with lists of events, and these requests. */
export function listsSentBy(sites: readonly RequestSite[], lists: readonly RegExp[]): Map<ClassDef, Reach[]> {
  const senders = new Map<ClassDef, Reach[]>();
  const seen = new Set<Call>();
  for (const { call, request } of sites) {
    if (seen.has(call) || !request.bodyFields.some((name) => lists.some((list) => list.test(name)))) continue;
    seen.add(call);
    for (const c of classesAround(call.within))
      senders.set(c, [...(senders.get(c) ?? []), { call, path: [], allowed: null }]);
  }
  return senders;
}

const has = new Set(["has", "includes"]);

/** `if (!NAMES.has(event)) return`: the names that a function lets through; null where it lets all through. */
export function allowList(ev: Evaluator, { func: f, index: i, member }: Place): ReadonlySet<string> | null {
  const parameter = f.paramVariables[i];
  if (!parameter || member !== null) return null;
  const isName = (e: Expr | undefined) => e?.kind === "ref" && homeOf(e.variable) === parameter;
  for (const body of bodiesOf(f)) {
    for (const call of body.calls) {
      for (let g = call.guard; g !== null; g = g.outer) {
        for (const test of conjuncts(g.test, g.is)) {
          if (test.callee.kind !== "member" || !has.has(test.callee.property) || !isName(test.arguments[0])) continue;
          const { object: o } = test.callee;
          const names = ev.ask(null, () => ev.evaluate(o, null).flatMap((v) => listed(ev, v)));
          if (names.length > 0) return new Set(names);
        }
      }
    }
  }
  return null;
}

/** Calls that have to yield something true for a condition to have its outcome. */
function* conjuncts(e: Expr, is: boolean): Iterable<Call> {
  if (e.kind === "not") yield* conjuncts(e.argument, !is);
  else if (e.kind === "await") yield* conjuncts(e.argument, is);
  else if (e.kind === "choice" && (e.operator === "&&") === is) {
    yield* conjuncts(e.left, is);
    yield* conjuncts(e.right, is);
  } else if (e.kind === "call" && is) yield e;
}

function listed(ev: Evaluator, v: Value): string[] {
  if (v.kind === "native" && v.path === "Set")
    return v.args.flatMap((_a, i) => argument(ev, v.args, i).flatMap((x) => listed(ev, x)));
  if (v.kind !== "array") return [];
  const items = v.node?.items ?? [];
  // read off the source where it can be: a long list is widened when its items are joined
  const literals = items.flatMap((e) => (e.kind === "literal" && typeof e.value === "string" ? [e.value] : []));
  if (literals.length > 0 && literals.length === items.length) return literals;
  return elementsOf(ev, [v], false).flatMap((x) => known(x) ?? []);
}
