import { type InstanceValue, type NativeValue, native } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { eachOpenParameter } from "../../evaluate/engine/open-holes.ts";
import { libraryBeside } from "../../evaluate/libraries/library-fingerprint.ts";
import { levelsOf } from "../../evaluate/objects/class.ts";
import { classMembers } from "../../ir/class-members.ts";
import type { Call, Expr } from "../../ir/expression.ts";
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
export function describedCalls(ev: Evaluator, sinks: SinkIndex, { callee }: Call, choosers: Func[]): DescribedCall[] {
  if (callee.kind !== "member" || !sinks.beside.members.has(callee.property)) return [];
  let path = callee.property;
  // `node = node.parent` leads back to itself
  const seen = new Set<Expr>();
  for (let o = callee.object; !seen.has(o); ) {
    seen.add(o);
    const clients = sinks.beside.clients.filter((client) => sinkAt(sinks, client + path, false) !== undefined);
    if (clients.length > 0) {
      const values = ev.evaluate(o, null);
      const described = values.flatMap((v): DescribedCall[] => {
        const client = v.kind === "instance" ? clientOf(ev, v) : null;
        const found = client === null ? undefined : sinkAt(sinks, client.path + path, false);
        return found === undefined ? [] : [{ found, client: client! }];
      });
      if (described.length > 0) return described;
      eachOpenParameter(values, ({ func }) => choosers.push(func));
    }
    const read = memberRead(o);
    if (read === null) return [];
    path = `${read.property}.${path}`;
    o = read.object;
  }
  return [];
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
