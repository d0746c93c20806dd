import { elementsOf, itemsOf } from "../evaluate/array.ts";
import { argument } from "../evaluate/compute.ts";
import type { Frame } from "../evaluate/env.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import { openOrigins } from "../evaluate/openness.ts";
import { toTexts } from "../evaluate/text-of.ts";
import { known, type Text, type Value, type Values } from "../evaluate/value.ts";
import type { Func } from "../ir/unit.ts";
import type { EndpointKind } from "../model/report.ts";
import type { ProgramRule } from "../model/signature.ts";
import { commandsIn } from "./command-line.ts";
import { operandUrls } from "./program-operands.ts";
import type { SinkCall } from "./sink-calls.ts";
import { isAbsoluteLiteral, openFunctions } from "./url-role.ts";

export interface Spawned {
  urls: { url: Text; kind: EndpointKind }[];
  /** Functions whose callers say more about the program or its arguments. */
  open: Func[];
}

/**
 * URLs among the arguments of a spawned program: `git clone URL`, `open URL`. What the program is decides what a URL is;
 * programs the table doesn't name are not looked at.
 */
export function programsOf(ev: Evaluator, c: SinkCall): Spawned {
  const { sink } = c.found;
  const programs = sink.programs ?? {};
  const { argument: index } = sink.url;
  const list: Values = index !== undefined && index < c.args.length ? argument(ev, c.args, index) : [];
  if (sink.commandLine) return commandLines(ev, programs, list);
  const names = argument(ev, c.args, 0);
  const rules = new Set(names.flatMap((v) => ruleOf(programs, v) ?? []));
  const open: Func[] = [];
  if (rules.size === 0) {
    // a wrapper that is told what to run
    openOrigins(names, ({ f }) => open.push(f));
    return { urls: [], open };
  }
  const urls: Spawned["urls"] = [];
  for (const v of list) {
    if (v.t !== "array") continue;
    const items = itemsOf(ev, v).items;
    for (const rule of rules) {
      const found = operandUrls(
        rule,
        items.map((i) => toTexts(ev, i)),
      );
      if (!found.relevant) continue;
      urls.push(...found.urls.map((url) => ({ url, kind: rule.kind })));
      // a program is given one address: once that is known, its other arguments are of no interest
      if (!found.urls.some((u) => isAbsoluteLiteral(u) && openFunctions(u).length === 0)) {
        openOrigins(elementsOf(ev, [v], false), ({ f }) => open.push(f));
      }
    }
  }
  openOrigins(list, ({ f }) => open.push(f));
  return { urls, open };
}

function commandLines(ev: Evaluator, programs: Record<string, ProgramRule>, lines: Values): Spawned {
  const urls: Spawned["urls"] = [];
  const open: Func[] = [];
  for (const line of toTexts(ev, lines)) {
    for (const [name, ...args] of commandsIn(line)) {
      const rule = name && ruleOf(programs, name);
      if (!rule) {
        if (name && known(name) === null) openOrigins([name], ({ f }) => open.push(f));
        continue;
      }
      const found = operandUrls(
        rule,
        args.map((a) => [a]),
      );
      if (!found.relevant) continue;
      urls.push(...found.urls.map((url) => ({ url, kind: rule.kind })));
      openOrigins(args, ({ f }) => open.push(f));
    }
  }
  return { urls, open };
}

/**
 * Can this caller make the call run a program of the table? A wrapper around `spawn` has hundreds of callers, most of which run
 * something that is of no interest.
 */
export function mayRun(ev: Evaluator, c: SinkCall, f: Func, frame: Frame): boolean {
  const programs = c.found.sink.programs ?? {};
  if (c.found.sink.commandLine || frame.args === null) return true;
  const positions: number[] = [];
  openOrigins(argument(ev, c.args, 0), (origin) => {
    if (origin.f === f && origin.i >= 0) positions.push(origin.i);
  });
  if (positions.length === 0) return true;
  return positions.some((i) =>
    argument(ev, frame.args!, i).some((v) => nameOf(v) === null || ruleOf(programs, v) !== undefined),
  );
}

const nameOf = (v: Value): string | null => (v.t === "native" ? v.path : v.t === "scalar" ? "" : known(v));

function ruleOf(programs: Record<string, ProgramRule>, v: Value): ProgramRule | undefined {
  const name = nameOf(v);
  if (name === null) return undefined;
  const key = v.t === "native" ? name : name.replace(/^.*[\\/]/, "").toLowerCase();
  return Object.hasOwn(programs, key) ? programs[key] : undefined;
}
