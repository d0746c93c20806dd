import type { Template } from "../../model/template.ts";
import type { UngatedRequest } from "../switches/gate-requests.ts";

/** In place of a hole that some caller fills, or nobody. */
const OPEN = "\0";
const OPEN_KINDS = new Set(["param", "unknown", "loop"]);
/** An open rest: right behind the host, or with its own slash behind a base path. `/items/{id}` is none. */
const UNNAMED =
  /^(?:((?:\{\w+\}|[a-z][\w+.-]*:\/\/)(?:[^?#\0]*[\w}\]])?)|(\{\w+\}|[a-z][\w+.-]*:\/\/[^/?#\0]+)\/)\0(?:[?#]|$)/i;

/**
 * `https://host/{path}`: what a call asks for callers that nobody knows, of methods nobody calls, or by a guess. It
 * is no news where other callers of the same call say what they ask of that host.
 */
export function withoutOpenPaths<T extends { request: Pick<UngatedRequest, "urls"> }>(found: readonly T[]): T[] {
  const all = found.flatMap(({ request }) => request.urls.map(written));
  const isNews = (url: Template): boolean => {
    const [, base, host = base] = UNNAMED.exec(written(url)) ?? [];
    if (host === undefined) return true;
    return !all.some((text) => text.startsWith(`${host}/`) && /[^/?#\0]/.test(text[host.length + 1] ?? "/"));
  };
  return found.flatMap((each) => {
    const urls = each.request.urls.filter(isNews);
    if (urls.length === 0) return [];
    return [urls.length === each.request.urls.length ? each : { ...each, request: { ...each.request, urls } }];
  });
}

/** Holes in a host are told apart by their places: one caller's region is another's setting. */
function written(url: Template): string {
  let text = "";
  for (const piece of url) {
    if (typeof piece === "string") text += piece;
    else if (!OPEN_KINDS.has(piece.kind)) text += text === "" ? `{${piece.name}}` : "{set}";
    else text += OPEN;
  }
  return text.replace(
    /^([a-z][\w+.-]*:\/\/)([^/?#]*[\w.])(?=\.)/i,
    (_, scheme, host) => scheme + host.replaceAll(OPEN, "{set}"),
  );
}
