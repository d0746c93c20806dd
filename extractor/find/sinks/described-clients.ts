import { type InstanceValue, type NativeValue, native } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { eachOpenParameter } from "../../evaluate/engine/open-holes.ts";
import { libraryBeside } from "../../evaluate/libraries/library-fingerprint.ts";
import { levelsOf } from "../../evaluate/objects/class.ts";
import { classMembers } from "../../ir/class-members.ts";
import type { Call, Expr } from "../../ir/expression.ts";
import { CacheKey } from "../../ir/program-cache.ts";
import type { Func } from "../../ir/unit.ts";
import { memberRead } from "../calls/client-resources.ts";
import { type FoundSink, type SinkIndex, sinkAt } from "./sink-index.ts";

/** What a call on a bundled client means by the library's rows. */
export interface DescribedCall {
  found: FoundSink;
  client: NativeValue;
}

/**
 * `client.chat.completions.create(…)` on an instance of a class that is known by its members and still followed as any
 * other.
 * @param choosers is told of the functions whose callers choose the client
 */
export function describedCalls(ev: Evaluator, sinks: SinkIndex, call: Call, choosers: Func[]): DescribedCall[] {
  const byCall = ev.program.cache.once(ways, sinks, () => new Map<Call, readonly Way[]>());
  let found = byCall.get(call);
  if (found === undefined) {
    found = waysTo(sinks, call);
    byCall.set(call, found);
  }
  for (const { object, path } of found) {
    const values = ev.evaluate(object, null);
    const described = values.flatMap((v): DescribedCall[] => {
      const client = v.kind === "instance" ? clientOf(ev, v) : null;
      const found = client === null ? undefined : sinkAt(sinks, client.path + path, false);
      return found === undefined ? [] : [{ found, client: client! }];
    });
    if (described.length > 0) return described;
    eachOpenParameter(values, ({ func }) => choosers.push(func));
  }
  return [];
}

/** What may be a client, and the members from there to what is called: `{client, "chat.completions.create"}`. */
interface Way {
  object: Expr;
  path: string;
}

/** The same whoever calls: found once for each call, not for each of its contexts. */
const ways = new CacheKey<SinkIndex, Map<Call, readonly Way[]>>();

function waysTo(sinks: SinkIndex, { callee }: Call): Way[] {
  if (callee.kind !== "member" || !sinks.beside.members.has(callee.property)) return [];
  const found: Way[] = [];
  // `node = node.parent` leads back to itself
  const seen = new Set<Expr>();
  let path = callee.property;
  for (let o = callee.object; !seen.has(o); ) {
    seen.add(o);
    if (sinks.beside.clients.some((client) => sinkAt(sinks, client + path, false) !== undefined))
      found.push({ object: o, path });
    const read = memberRead(o);
    if (read === null) break;
    path = `${read.property}.${path}`;
    o = read.object;
  }
  return found;
}

/** The client that an instance is, with what its class was given; null for one that is none, or made elsewhere. */
function clientOf(ev: Evaluator, self: InstanceValue): NativeValue | null {
  const members = new Set<string>();
  // the class furthest up that has all members: one below it may hand on other arguments
  for (const { of, args } of [...levelsOf(ev, self)].reverse()) {
    for (const name of classMembers(of.classDef)) members.add(name);
    const module = libraryBeside(ev, members);
    if (module === null) continue;
    const made = ev.options.makes(`new ${module}`);
    return made === undefined || args === null ? null : native(made.client, args);
  }
  return null;
}
