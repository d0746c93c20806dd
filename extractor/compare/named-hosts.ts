import type { Exchange } from "../model/exchange.ts";
import { targetOf } from "./target.ts";

const MAX_NAMES = 50_000;
const URL_IN_TEXT = /\b(?:https?|wss?):\/\/([a-z\d](?:[a-z\d.-]*[a-z\d])?(?::\d+)?)/gi;

/** Where answers sent the program: redirects, and hosts in their texts. */
export class NamedHosts {
  /** authority -> the request whose answer named it first */
  readonly #hosts = new Map<string, string>();
  readonly #redirects = new Map<string, string>();

  add(exchange: Exchange, asked: string): void {
    const { response, status } = exchange;
    if (response === null) return;
    const location = response.headers.location?.[0];
    if (location !== undefined && status !== null && status >= 300 && status < 400)
      this.#redirect(location, exchange.url, asked);
    const own = targetOf(exchange.url).authority;
    for (const match of (response.text ?? "").matchAll(URL_IN_TEXT)) {
      const { authority } = targetOf(match[0]);
      if (authority !== own && !this.#hosts.has(authority) && this.#hosts.size < MAX_NAMES)
        this.#hosts.set(authority, asked);
    }
  }

  #redirect(location: string, from: string, asked: string): void {
    const url = URL.canParse(location, from) ? new URL(location, from).href : null;
    if (url !== null && this.#redirects.size < MAX_NAMES) this.#redirects.set(keyOf(url), asked);
  }

  /** Why a server is behind that request, or null. Text names count for hosts only: an answer full of links predicts no path. */
  explain(url: string, knownHost: boolean): string | null {
    const redirect = this.#redirects.get(keyOf(url));
    if (redirect !== undefined) return `redirected to by ${redirect}`;
    const named = knownHost ? undefined : this.#hosts.get(targetOf(url).authority);
    return named === undefined ? null : `host named in the answer of ${named}`;
  }
}

function keyOf(url: string): string {
  const { authority, path } = targetOf(url);
  return `${authority}${path}`;
}
