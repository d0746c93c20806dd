import type { Evaluator } from "../evaluate/evaluator.ts";
import { memberOf } from "../evaluate/member.ts";
import type { Value, Values } from "../evaluate/value.ts";
import { printTemplate } from "../model/template.ts";
import type { Reach, RequestSite } from "./reach.ts";

/** The event's name: the first of these members that is a word; a sentence is for people, and the name where there is no other. */
export function nameIn(ev: Evaluator, record: Values, paths: readonly (readonly string[])[]): Values {
  const named = paths.map((path) => path.reduce<Values>((values, key) => memberOf(ev, values, key), record));
  return named.find((values) => values.some(isWord)) ?? named.find((values) => values.length > 0) ?? [];
}

const isWord = (v: Value): boolean =>
  v.t === "text" && v.parts.length > 0 && v.parts.every((p) => typeof p !== "string" || !/ |[.!?]$/.test(p));

/** Requests to such addresses: what carries the events where the way there leads through a registry of the library. */
export function carriersAt(sites: readonly RequestSite[], addresses: readonly string[]): Reach[] {
  const patterns = addresses.map((text) => new RegExp(text));
  const fitting = sites.filter(({ request }) =>
    request.urls.some((t) => patterns.some((p) => p.test(printTemplate(t)))),
  );
  const only = new Set(fitting.map(({ request }) => request));
  return [...new Set(fitting.map(({ call }) => call))].map((call) => ({ call, path: [], allowed: null, only }));
}
