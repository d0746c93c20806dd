import { known, type Values } from "../../evaluate/domain/value.ts";
import type { CallContext } from "../../evaluate/engine/calling-context.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { openOrigins } from "../../evaluate/engine/open-holes.ts";
import { memberNames, memberOf, membersAt } from "../../evaluate/objects/member.ts";
import type { Call, Index } from "../../ir/expression.ts";
import { type ClassDef, type Func, isConstructor } from "../../ir/unit.ts";
import { type CallSite, direct } from "./call-site.ts";

/** Members that such a call may mean, and places that make its object: more are data, or a library. */
const MEMBERS = 32;
const MAKERS = 6;

/**
 * `client[method](url)`: the functions that such calls may mean.
 * @param makersOf places that construct a class, for clients that are given to a constructor
 */
export function dispatches(ev: Evaluator, makersOf: (c: ClassDef) => readonly CallSite[]): Map<Func, CallSite[]> {
  const all = new Map<Func, CallSite[]>();
  for (const call of ev.program.callsOfMember.get("") ?? []) {
    if (call.f.k !== "index") continue;
    for (const site of sitesOf(ev, call, call.f, makersOf)) {
      const known = all.get(site.f);
      if (known === undefined) all.set(site.f, [site]);
      else if (!known.some((s) => s.call === call && s.key === site.key && s.made?.frame === site.made?.frame))
        known.push(site);
    }
  }
  return all;
}

type Meant = CallSite & { f: Func };

function sitesOf(ev: Evaluator, call: Call, f: Index, makersOf: (c: ClassDef) => readonly CallSite[]): Meant[] {
  const givers: Func[] = [];
  const found = ev.glance(() => {
    const objects = ev.evaluate(f.o, null);
    openOrigins(objects, (origin) => givers.push(origin.f));
    return meant(ev, call, f, objects);
  }, []);
  for (const giver of new Set(givers)) {
    if (!isConstructor(giver)) continue;
    for (const { frame } of makersOf(giver.owner as ClassDef).slice(0, MAKERS)) {
      const context: CallContext = { frames: new Map([[giver, frame]]), receivers: false };
      found.push(...ev.glance(() => meant(ev, call, f, ev.evaluate(f.o, null)), [], context));
    }
  }
  return found;
}

function meant(ev: Evaluator, call: Call, f: Index, objects: Values): Meant[] {
  const keys = ev.evaluate(f.i, null).map(known);
  const found: Meant[] = [];
  const add = (values: Values, key?: string) => {
    for (const v of values) {
      if (v.t !== "function") continue;
      const site: Meant = { ...direct(call), f: v.f };
      if (key !== undefined) site.key = key;
      if (v.env !== null) site.made = { by: v.env.f, frame: v.env };
      found.push(site);
    }
  };
  for (const o of objects) {
    if (o.t !== "object") {
      add(membersAt(ev, [o], ev.evaluate(f.i, null)));
      continue;
    }
    const names = keys.includes(null) ? memberNames(ev, o).slice(0, MEMBERS) : keys;
    for (const name of names) add(memberOf(ev, [o], name!), name!);
  }
  return found;
}
