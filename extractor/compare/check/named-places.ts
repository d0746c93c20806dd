import type { Exchange } from "../../model/exchange.ts";
import { parsedUrl } from "../../model/parsed-url.ts";
import { targetOf } from "../match/target.ts";

const MAX_NAMES = 50_000;
const URL_IN_TEXT = /\b(?:https?|wss?):\/\/[a-z\d](?:[a-z\d.-]*[a-z\d])?(?::\d+)?(?:\/[\w.~%/@:+-]{0,500})?/gi;
/** A whole text of JSON that is a path of two segments or more: settings are written so, links are not. */
const PATH_IN_JSON = /"((?:\/[\w.~-]{1,80}){2,12})"/g;

/** Where answers sent the program: redirects, hosts in their texts, and paths that are values of JSON. */
export class NamedPlaces {
  /** authority -> the request whose answer named it first */
  readonly #hosts = new Map<string, string>();
  readonly #paths = new Map<string, string>();
  readonly #redirects = new Map<string, string>();
  /** Hosts with their paths. */
  readonly #urls = new Map<string, string>();

  add(exchange: Exchange, asked: string): void {
    const { response, status } = exchange;
    if (response === null) return;
    const location = response.headers.location?.[0];
    if (location !== undefined && status !== null && status >= 300 && status < 400)
      this.#redirect(location, exchange.url, asked);
    const own = targetOf(exchange.url).authority;
    const text = response.text ?? "";
    for (const match of text.matchAll(URL_IN_TEXT)) {
      const { authority, path } = targetOf(match[0]);
      if (authority === own) continue;
      keepFirst(this.#hosts, authority, asked);
      if (path !== "/") keepFirst(this.#urls, `${authority}${path}`, asked);
    }
    if (/^\s*[[{]/.test(text)) for (const [, path] of text.matchAll(PATH_IN_JSON)) keepFirst(this.#paths, path!, asked);
  }

  #redirect(location: string, from: string, asked: string): void {
    const url = parsedUrl(location, from)?.href ?? null;
    if (url !== null) keepFirst(this.#redirects, keyOf(url), asked);
  }

  /**
   * Why a server is behind that request, and whether it named all of it or the host alone; or null. On a host of the
   * report only redirects and whole paths count, the paths only for the tool's own requests: an answer full of links
   * predicts nothing there.
   */
  explain(
    url: string,
    { knownHost, byTool }: { knownHost: boolean; byTool: boolean },
  ): { why: string; wholly: boolean } | null {
    const redirect = this.#redirects.get(keyOf(url));
    if (redirect !== undefined) return { why: `redirected to by ${redirect}`, wholly: true };
    const { authority, path } = targetOf(url);
    // The name of a thing may be put behind a URL that was given for things of its kind.
    const [own, above] = [`${authority}${path}`, `${authority}${path.slice(0, path.lastIndexOf("/"))}`];
    const whole = knownHost ? undefined : (this.#urls.get(own) ?? this.#urls.get(above));
    if (whole !== undefined) return { why: `URL named in the answer of ${whole}`, wholly: true };
    const host = knownHost ? undefined : this.#hosts.get(authority);
    if (host !== undefined) return { why: `host named in the answer of ${host}`, wholly: false };
    const named = byTool && knownHost ? this.#paths.get(path) : undefined;
    return named === undefined ? null : { why: `path named in the answer of ${named}`, wholly: true };
  }
}

function keepFirst(names: Map<string, string>, name: string, asked: string): void {
  if (!names.has(name) && names.size < MAX_NAMES) names.set(name, asked);
}

function keyOf(url: string): string {
  const { authority, path } = targetOf(url);
  return `${authority}${path}`;
}
