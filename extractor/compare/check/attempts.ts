import type { Dormant, ObservedRun } from "../../model/check.ts";
import type { Endpoint } from "../../model/report.ts";
import { targetOf } from "../match/target.ts";
import { splitTemplate } from "../match/template-parts.ts";

/**
 * Why an endpoint without a request was tried all the same: its host was contacted, and nothing of HTTP could be read
 * there.
 */
export class Attempts {
  readonly #byHost = new Map<string, string>();

  constructor(run: ObservedRun | null) {
    for (const { host, reason, explained } of run?.trustFailures ?? [])
      if (!explained) this.#note(host, `the certificate for ${host} was not accepted (${reason})`);
    for (const { target, kind } of run?.connections ?? []) this.#note(target, `${kind} to ${target}`);
    for (const { target, kind } of run?.datagrams ?? []) if (kind !== "dns") this.#note(target, `${kind} to ${target}`);
  }

  #note(target: string, why: string): void {
    if (!this.#byHost.has(target)) this.#byHost.set(target, why);
  }

  /** Null where nothing was seen there. */
  of({ id, method, url, alternatives }: Endpoint): Dormant | null {
    for (const printed of [url, ...alternatives]) {
      const { authority, scheme } = splitTemplate(printed);
      const { host } = targetOf(`https://${authority}`);
      const port = /:(\d+)$/.exec(authority)?.[1] ?? (scheme === "http" || scheme === "ws" ? "80" : "443");
      const why = this.#byHost.get(`${host}:${port}`) ?? this.#byHost.get(host);
      if (why !== undefined) return { id, method, url, attempted: true, reason: `attempted: ${why}` };
    }
    return null;
  }
}
