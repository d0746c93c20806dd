import type { Exchange } from "../../model/exchange.ts";
import { parsedUrl } from "../../model/parsed-url.ts";
import { targetOf } from "../match/target.ts";

const MAX_NAMES = 50_000;
const URL_IN_TEXT = /\b(?:https?|wss?):\/\/([a-z\d](?:[a-z\d.-]*[a-z\d])?(?::\d+)?)/gi;
/** A whole text of JSON that is a path of two segments or more: settings are written so, links are not. */
const PATH_IN_JSON = /"((?:\/[\w.~-]{1,80}){2,12})"/g;

/** Where answers sent the program: redirects, hosts in their texts, and paths that are values of JSON. */
export class NamedPlaces {
  /** authority -> the request whose answer named it first */
  readonly #hosts = new Map<string, string>();
  readonly #paths = new Map<string, string>();
  readonly #redirects = new Map<string, string>();

  add(exchange: Exchange, asked: string): void {
    const { response, status } = exchange;
    if (response === null) return;
    const location = response.headers.location?.[0];
    if (location !== undefined && status !== null && status >= 300 && status < 400)
      this.#redirect(location, exchange.url, asked);
    const own = targetOf(exchange.url).authority;
    const text = response.text ?? "";
    for (const match of text.matchAll(URL_IN_TEXT)) {
      const { authority } = targetOf(match[0]);
      if (authority !== own) keepFirst(this.#hosts, authority, asked);
    }
    if (/^\s*[[{]/.test(text)) for (const [, path] of text.matchAll(PATH_IN_JSON)) keepFirst(this.#paths, path!, asked);
  }

  #redirect(location: string, from: string, asked: string): void {
    const url = parsedUrl(location, from)?.href ?? null;
    if (url !== null) keepFirst(this.#redirects, keyOf(url), asked);
  }

  /**
   * Why a server is behind that request, or null. On a host of the report only redirects and whole paths count, the paths only
   * for the tool's own requests: an answer full of links predicts nothing there.
   */
  explain(url: string, { knownHost, byTool }: { knownHost: boolean; byTool: boolean }): string | null {
    const redirect = this.#redirects.get(keyOf(url));
    if (redirect !== undefined) return `redirected to by ${redirect}`;
    const { authority, path } = targetOf(url);
    const host = knownHost ? undefined : this.#hosts.get(authority);
    if (host !== undefined) return `host named in the answer of ${host}`;
    const named = byTool && knownHost ? this.#paths.get(path) : undefined;
    return named === undefined ? null : `path named in the answer of ${named}`;
  }
}

function keepFirst(names: Map<string, string>, name: string, asked: string): void {
  if (!names.has(name) && names.size < MAX_NAMES) names.set(name, asked);
}

function keyOf(url: string): string {
  const { authority, path } = targetOf(url);
  return `${authority}${path}`;
}
