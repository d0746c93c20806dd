import type { Call } from "../../ir/expression.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import { type ClassDef, classesAround, type Func } from "../../ir/unit.ts";
import { grouped } from "../../model/group.ts";
import type { Callers } from "../calls/callers.ts";
import type { ContextChain } from "../calls/context-queue.ts";
import type { UngatedRequest } from "../switches/gate-requests.ts";

/** Where a request was found: its call, and the callers assumed, from the call outwards. */
export interface RequestSite {
  request: UngatedRequest;
  call: Call;
  path: readonly Call[];
  /** These callers with what they give; missing where none were assumed. */
  chain?: ContextChain | undefined;
}

/** A request that carries what an emitter is told, for the names on a list where there is one. */
export interface EventFlow {
  call: Call;
  /** Functions on the way to the emitter, and where they are called. */
  path: readonly { func: Func; call: Call }[];
  allowed: ReadonlySet<string> | null;
  /** Of the requests that the call makes for its callers, these alone. */
  only?: ReadonlySet<UngatedRequest>;
}

/** The class that makes the request, or whose method has it made; null where no class does. */
export function senderOf({ call, path }: EventFlow): ClassDef | null {
  for (const within of [call.within, ...path.map((hop) => hop.call.within)])
    for (const c of classesAround(within)) return c;
  return null;
}

/** The findings that a flow means: those of its call, unless they assume another caller of a function on the way. */
export function requestsOfFlow(
  callers: Callers,
  { call, path, only }: EventFlow,
  sites: readonly RequestSite[],
): UngatedRequest[] {
  const agrees = (site: RequestSite) =>
    path.every(({ func: f, call: caller }) => {
      if (site.path.length === 0 || site.path.includes(caller)) return true;
      return !callers.of(f).some((other) => site.path.includes(other.call));
    });
  const found = sitesOf(callers, sites, call)
    .filter(agrees)
    .map(({ request }) => request);
  return only === undefined ? found : found.filter((request) => only.has(request));
}

const byCall = new CacheKey<readonly RequestSite[], Map<Call, RequestSite[]>>();

/** Put in order once, when all have been found: there are thousands of sites, and of reaches. */
function sitesOf({ program }: Callers, sites: readonly RequestSite[], call: Call): readonly RequestSite[] {
  let calls = program.cache.of(byCall).get(sites);
  if (calls === undefined) {
    calls = grouped(sites, (site) => site.call);
    program.cache.of(byCall).set(sites, calls);
  }
  return calls.get(call) ?? [];
}
