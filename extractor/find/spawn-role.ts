import { elementsOf, itemsOf } from "../evaluate/array.ts";
import { argument } from "../evaluate/compute.ts";
import type { Evaluator } from "../evaluate/evaluator.ts";
import { toTexts } from "../evaluate/text-of.ts";
import { known, openOrigins, type Text, type Values } from "../evaluate/value.ts";
import type { Func } from "../ir/unit.ts";
import type { EndpointKind } from "../model/report.ts";
import type { SinkCall } from "./sink-calls.ts";
import { isAbsoluteLiteral, openFunctions } from "./url-role.ts";

/**
 * URLs among the arguments of a spawned program: `git clone URL`, `open URL`. What the program is decides what a URL is;
 * programs the table doesn't name are not looked at.
 */
export function programsOf(ev: Evaluator, c: SinkCall): { urls: { url: Text; kind: EndpointKind }[]; open: Func[] } {
  const programs = c.found.sink.programs ?? {};
  const names = argument(ev, c.args, 0);
  const open: Func[] = [];
  const kinds = new Set<EndpointKind>();
  for (const v of names) {
    const name = known(v);
    const kind = name === null ? undefined : programs[baseName(name)];
    if (kind) kinds.add(kind);
  }
  const { argument: index } = c.found.sink.url;
  const list: Values = index !== undefined && index < c.args.length ? argument(ev, c.args, index) : [];
  const texts = list.flatMap((v) => (v.t === "array" ? itemsOf(ev, v).items.flatMap((i) => toTexts(ev, i)) : []));
  if (kinds.size === 0) {
    // a wrapper that is told what to run
    openOrigins(names, ({ f }) => open.push(f));
    return { urls: [], open };
  }
  openOrigins(elementsOf(ev, list, false), ({ f }) => open.push(f));
  openOrigins(list, ({ f }) => open.push(f));
  const urls = texts.filter((t) => isAbsoluteLiteral(t) || (t.parts.length === 1 && openFunctions(t).length > 0));
  return { urls: urls.flatMap((url) => [...kinds].map((kind) => ({ url, kind }))), open };
}

const baseName = (program: string): string => program.replace(/^.*[\\/]/, "").toLowerCase();
