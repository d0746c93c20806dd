import type { Call } from "../../ir/expression.ts";
import { type ClassDef, classesAround } from "../../ir/unit.ts";
import type { EventFlow, RequestSite } from "../requests/carried-by.ts";

/** Classes whose methods make requests with lists of events, and these requests. */
export function listsSentBy(sites: readonly RequestSite[], lists: readonly RegExp[]): Map<ClassDef, EventFlow[]> {
  const senders = new Map<ClassDef, EventFlow[]>();
  const seen = new Set<Call>();
  for (const { call, request } of sites) {
    if (seen.has(call) || !request.bodyFields.some((name) => lists.some((list) => list.test(name)))) continue;
    seen.add(call);
    for (const c of classesAround(call.within))
      senders.set(c, [...(senders.get(c) ?? []), { call, path: [], allowed: null }]);
  }
  return senders;
}
