import { literalText, type Values } from "../../evaluate/domain/value.ts";
import type { CallingContext } from "../../evaluate/engine/calling-context.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { eachOpenParameter } from "../../evaluate/engine/open-holes.ts";
import type { Questions } from "../../evaluate/engine/questions.ts";
import { memberOf, membersAt } from "../../evaluate/objects/member.ts";
import { memberNames } from "../../evaluate/objects/member-names.ts";
import type { Call, Index } from "../../ir/expression.ts";
import type { Func } from "../../ir/unit.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import { type CallSite, direct, makersOf } from "./call-site.ts";

/**
 * `client[method](url)`: the functions that such calls may mean.
 * @param giversOf calls that tell a function a client, or make an object of its class
 */
export function dispatchTables(ev: Questions, giversOf: (f: Func) => readonly CallSite[]): Map<Func, CallSite[]> {
  const all = new Map<Func, CallSite[]>();
  for (const call of ev.program.callsOfMember.get("") ?? []) {
    if (call.callee.kind !== "index") continue;
    for (const site of sitesOf(ev, call, call.callee, giversOf)) {
      const known = all.get(site.func);
      if (known === undefined) all.set(site.func, [site]);
      else if (
        !known.some((s) => s.call === call && s.key === site.key && s.made?.[0]?.frame === site.made?.[0]?.frame)
      )
        known.push(site);
    }
  }
  return all;
}

type Meant = CallSite & { func: Func };

function sitesOf(ev: Questions, call: Call, f: Index, giversOf: (f: Func) => readonly CallSite[]): Meant[] {
  const givers: Func[] = [];
  const found = ev.tryWithin((ev) => {
    const objects = ev.evaluate(f.object, null);
    eachOpenParameter(objects, (origin) => givers.push(origin.func));
    return meant(ev, call, f, objects);
  }, []);
  for (const giver of new Set(givers)) {
    for (const { frame } of giversOf(giver).slice(0, FIND_BOUNDS.dispatchMakers)) {
      const context: CallingContext = { frames: new Map([[giver, frame]]), receivers: false };
      found.push(...ev.tryWithin((ev) => meant(ev, call, f, ev.evaluate(f.object, null)), [], context));
    }
  }
  return found;
}

function meant(ev: Evaluator, call: Call, f: Index, objects: Values): Meant[] {
  const keys = ev.evaluate(f.index, null).map(literalText);
  const found: Meant[] = [];
  const add = (values: Values, key?: string) => {
    for (const v of values) {
      if (v.kind !== "function") continue;
      const site: Meant = { ...direct(call), func: v.func };
      if (key !== undefined) site.key = key;
      if (v.env !== null) site.made = makersOf(v);
      found.push(site);
    }
  };
  for (const o of objects) {
    if (o.kind !== "object") {
      add(membersAt(ev, [o], ev.evaluate(f.index, null)));
      continue;
    }
    const names = keys.includes(null) ? memberNames(ev, o).slice(0, FIND_BOUNDS.dispatchMembers) : keys;
    for (const name of names) add(memberOf(ev, [o], name!), name!);
  }
  return found;
}
