import type { ServerResponse } from "node:http";
import { parsedUrl } from "../../model/parsed-url.ts";
import { templateRegExp } from "../../model/template.ts";
import type { AllowedPlaces } from "./allowed-places.ts";
import type { Observation } from "./observation.ts";
import { type AnyRequest, type AnyResponse, type Respondent, refuse, type Upgrade } from "./respondent.ts";

const DENIED = { status: 403, headers: { "content-type": "text/plain" }, body: Buffer.from("not on the list\n") };

/** Speaks for allowed hosts alone; every other is told no, as a proxy in front of it would. */
export class GuardedRespondent implements Respondent {
  readonly #inner: Respondent;
  readonly #hosts: RegExp[];
  readonly #denied: { method: string; url: RegExp }[];

  constructor(inner: Respondent, { hosts, denied }: AllowedPlaces) {
    this.#inner = inner;
    this.#hosts = hosts.map(hostRegExp);
    this.#denied = denied.map(({ method, url }) => ({ method, url: templateRegExp(withoutQuery(url)) }));
  }

  respond(request: AnyRequest, response: AnyResponse, seen: Observation): void {
    if (this.#allows(seen)) {
      this.#inner.respond(request, response, seen);
      return;
    }
    request.on("end", () => {
      seen.reply = DENIED;
      (response as ServerResponse).writeHead(DENIED.status, DENIED.headers);
      response.end(DENIED.body);
    });
  }

  upgrade(asked: Upgrade, seen: Observation, done: () => void): void {
    if (this.#allows(seen)) {
      this.#inner.upgrade(asked, seen, done);
      return;
    }
    seen.reply = DENIED;
    refuse(asked.socket, DENIED);
    done();
  }

  #allows({ method, url }: Observation): boolean {
    const host = parsedUrl(url)?.hostname ?? "";
    if (!this.#hosts.some((allowed) => allowed.test(host))) return false;
    const bare = withoutQuery(url);
    return !this.#denied.some(
      (denied) => (denied.method === "ANY" || denied.method === method) && denied.url.test(bare),
    );
  }
}

const hostRegExp = (pattern: string): RegExp =>
  new RegExp(`^${pattern.replace(/[.+?^${}()|[\]\\]/g, "\\$&").replaceAll("*", "[a-z\\d_.-]+")}$`);

const withoutQuery = (url: string): string => url.replace(/[?#].*$/s, "");
