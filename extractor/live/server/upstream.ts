import type { Agent } from "node:http";
import { type ConnectionOptions, createSecureContext, type SecureContext } from "node:tls";
import { HttpProxyAgent } from "http-proxy-agent";
import { HttpsProxyAgent } from "https-proxy-agent";

/** How this machine reaches servers: directly or through the proxy its owner has set, and whom it trusts. */
export class WayOut {
  readonly #environment: Readonly<Record<string, string>>;
  readonly #trust: { secureContext: SecureContext };

  /** @param authorities all that are trusted, in PEM */
  constructor(environment: Readonly<Record<string, string>>, authorities: string) {
    this.#environment = environment;
    this.#trust = { secureContext: createSecureContext({ ca: authorities }) };
  }

  /** For a request of `node:http`, `node:https` or `ws`. */
  options({ secure, host, port }: { secure: boolean; host: string; port: number }): ConnectionOptions & {
    host: string;
    port: number;
    agent?: Agent;
  } {
    const bare = host.replace(/^\[|\]$/g, "");
    return { host: bare, port, ...(secure ? this.#trust : {}), ...this.#proxied(secure, host, port) };
  }

  #proxied(secure: boolean, host: string, port: number): { agent?: Agent } {
    const named = (name: string) => this.#environment[name.toLowerCase()] || this.#environment[name];
    const proxy = named(secure ? "HTTPS_PROXY" : "HTTP_PROXY") || named("ALL_PROXY");
    if (proxy === undefined || isExempt(named("NO_PROXY") ?? "", host, port)) return {};
    const url = /^\w+:\/\//.test(proxy) ? proxy : `http://${proxy}`;
    return { agent: secure ? new HttpsProxyAgent(url, this.#trust) : new HttpProxyAgent(url) };
  }
}

/** As curl reads it: names with all that is below them, with a port or without. */
function isExempt(list: string, host: string, port: number): boolean {
  return list.split(/[\s,]+/).some((item) => {
    const [, name = "", only] = /^(.*?)(?::(\d+))?$/.exec(item) ?? [];
    if (name === "" || (only !== undefined && Number(only) !== port)) return false;
    const domain = name.replace(/^\*?\.?/, "").toLowerCase();
    return domain === "" || host.toLowerCase() === domain || host.toLowerCase().endsWith(`.${domain}`);
  });
}
