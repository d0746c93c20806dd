import type { Call } from "../../ir/expression.ts";
import { foldHoles, printTemplate, type Template, templateKey } from "../../model/template.ts";
import type { UngatedRequest } from "../switches/gate-requests.ts";

/** A finding of a climb, and whether callers could still have filled something when it was made. */
export interface SeenUrl {
  request: UngatedRequest;
  final: boolean;
  /** Callers that were assumed, from the call outwards. */
  path: readonly Call[];
}

/**
 * `options.host ?? "https://api.example.com"`: before its callers are known a call may go to the literal. Once all
 * were asked, and each of them gave another host, nobody is left who goes there.
 */
export function withoutDefaultHosts<T extends SeenUrl>(met: readonly T[]): T[] {
  const finals = met.filter((m) => m.final);
  if (finals.length === 0 || finals.length === met.length) return [...met];
  const urls = new Set(finals.flatMap(({ request }) => request.urls.map((url) => keyOf(request, templateKey(url)))));
  const paths = new Set(finals.flatMap(({ request }) => request.urls.map((url) => keyOf(request, pathOf(url)))));
  const stays = (request: UngatedRequest, isFilled: boolean) => (url: Template) =>
    urls.has(keyOf(request, templateKey(url))) || (!isFilled && !paths.has(keyOf(request, pathOf(url))));
  return met.flatMap((m) => {
    const isFilled =
      !m.final && finals.some(({ path }) => path.length > m.path.length && m.path.every((call, i) => call === path[i]));
    const kept = m.final ? m.request.urls : m.request.urls.filter(stays(m.request, isFilled));
    if (kept.length === 0) return [];
    return [kept.length === m.request.urls.length ? m : { ...m, request: { ...m.request, urls: kept } }];
  });
}

const keyOf = ({ kind, method }: UngatedRequest, rest: string): string => `${kind} ${method} ${rest}`;

const pathOf = (url: Template): string =>
  foldHoles(printTemplate(url))
    .replace(/^([a-z][a-z0-9+.-]*:\/\/)?(\{\}(?=[\w/])|[^/]*)\/?/i, "")
    .replace(/[?#].*$/s, "");
