import type { Call } from "../../ir/expression.ts";
import { type ClassDef, classesAround } from "../../ir/unit.ts";
import type { EventFlow, RequestSite } from "../requests/carried-by.ts";
import type { BodyFields } from "./body-records.ts";

/** Classes whose methods make requests with lists of events, and these requests. */
export function listsSentBy(
  sites: readonly RequestSite[],
  bodyFields: BodyFields,
  lists: readonly RegExp[],
): Map<ClassDef, EventFlow[]> {
  const senders = new Map<ClassDef, EventFlow[]>();
  const seen = new Set<Call>();
  for (const { call, request } of sites) {
    const fields = [...(bodyFields.get(request) ?? [])];
    if (seen.has(call) || !fields.some((name) => lists.some((list) => list.test(name)))) continue;
    seen.add(call);
    for (const c of classesAround(call.within))
      senders.set(c, [...(senders.get(c) ?? []), { call, path: [], allowed: null }]);
  }
  return senders;
}
