import { createHash } from "node:crypto";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

export interface ServedVersion {
  tarball: Buffer;
  /** What the registry vouches for, where it isn't the tarball's own digest; null for none. */
  integrity?: string | null;
  /** ISO 8601. */
  published?: string;
  /** Further members of its manifest. */
  manifest?: object;
}

/** A registry on this machine that serves what it is given and writes down what it was asked. */
export class LoopbackRegistry {
  readonly packages = new Map<string, Record<string, ServedVersion>>();
  readonly requests: { path: string; authorization: string | null }[] = [];
  /** Tags of a package; without them, `latest` is the version added last. */
  readonly tags = new Map<string, Record<string, string>>();
  /** Where set, requests without it are refused. */
  token: string | null = null;
  /** Answers in place of the usual ones. */
  answer: ((request: IncomingMessage, response: ServerResponse) => void) | null = null;
  readonly #server: Server;

  private constructor() {
    this.#server = createServer((request, response) => this.#serve(request, response));
  }

  static async start(): Promise<LoopbackRegistry> {
    const registry = new LoopbackRegistry();
    await new Promise<void>((resolve) => registry.#server.listen(0, "127.0.0.1", resolve));
    return registry;
  }

  /** `http://127.0.0.1:PORT/npm/` */
  get url(): string {
    return `http://127.0.0.1:${(this.#server.address() as AddressInfo).port}/npm/`;
  }

  async stop(): Promise<void> {
    this.#server.closeAllConnections();
    await new Promise((resolve) => this.#server.close(resolve));
  }

  #serve(request: IncomingMessage, response: ServerResponse): void {
    const path = decodeURIComponent(request.url ?? "");
    const authorization = request.headers.authorization ?? null;
    this.requests.push({ path, authorization });
    if (this.answer) this.answer(request, response);
    else if (this.token !== null && authorization !== `Bearer ${this.token}`) send(response, 401, { error: "who?" });
    else this.#find(path, response);
  }

  #find(path: string, response: ServerResponse): void {
    const [name = "", file] = path.slice("/npm/".length).split("/-/");
    const versions = this.packages.get(name);
    const served = versions?.[file?.replace(/\.tgz$/, "") ?? ""];
    if (versions && file === undefined) send(response, 200, this.#packument(name, versions));
    else if (served) response.writeHead(200, { "content-type": "application/octet-stream" }).end(served.tarball);
    else send(response, 404, { error: "not found" });
  }

  #packument(name: string, versions: Record<string, ServedVersion>): object {
    const manifests = Object.entries(versions).map(([version, { tarball, integrity, manifest }]) => {
      const vouched = integrity === undefined ? sha512(tarball) : integrity;
      const dist = { tarball: `${this.url}${name}/-/${version}.tgz`, ...(vouched !== null && { integrity: vouched }) };
      return [version, { name, version, dist, ...manifest }];
    });
    const tags = this.tags.get(name) ?? { latest: Object.keys(versions).at(-1) };
    const times = Object.entries(versions).flatMap(([version, { published }]) =>
      published ? [[version, published]] : [],
    );
    return {
      name,
      "dist-tags": tags,
      versions: Object.fromEntries(manifests),
      ...(times.length > 0 ? { time: Object.fromEntries(times) } : {}),
    };
  }
}

export const sha512 = (bytes: Buffer): string => `sha512-${createHash("sha512").update(bytes).digest("base64")}`;

function send(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { "content-type": "application/json" }).end(JSON.stringify(body));
}
