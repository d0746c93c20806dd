import { awaiter, runAsync } from "./runner.js";

export interface Options {
  api?: string;
}

const PATHS = { record: "record", start: "start" } as const;
const DEFAULTS: Record<string, string> = {
  [PATHS.record]: "https://in.orbitcli.dev/v2",
  [PATHS.start]: "https://flags.orbitcli.dev/v2",
};

/** An address of its own, the configured host's, or the default of the path. */
export class Address {
  own: string | null = null;
  fallback: string;
  constructor(path: string, own?: string, api?: string) {
    if (own) this.own = own;
    if (!own && api) this.own = api.endsWith("/") ? `${api}${path}` : `${api}/${path}`;
    this.fallback = `${DEFAULTS[path]}/${path}`;
  }
  url(): string {
    return this.own !== null && this.own !== undefined ? this.own : this.fallback;
  }
}

interface Message {
  address: Address;
  body: unknown;
}

export class Network {
  post(message: Message) {
    return awaiter(this, void 0, void 0, function* (this: Network) {
      return this.send(Object.assign(Object.assign({}, message), { method: "POST" }));
    });
  }
  send(request: Message & { method: string }) {
    return awaiter(this, void 0, void 0, function* (this: Network): Generator {
      const { method, body } = request;
      const url = (yield this.populated(request)) as string;
      return yield fetch(url, { method, body: JSON.stringify(body) });
    });
  }
  populated(request: Message) {
    return awaiter(this, [request], void 0, function* ({ address }: Message): Generator {
      return `${address.url()}?k=1`;
    });
  }
}

export class Recorder {
  address: Address;
  constructor(
    readonly network: Network,
    options?: Options,
  ) {
    this.address = new Address(PATHS.record, undefined, options === null || options === void 0 ? void 0 : options.api);
  }
  flush(...events: string[]) {
    return runAsync(this, null, function* (this: Recorder) {
      return yield this.network.post({ address: this.address, body: { events } });
    });
  }
}

/** Only where it starts is an address that nobody configures. */
export class Starter {
  start(user: string) {
    return runAsync(this, arguments, function* (name: string): Generator {
      const host = (yield Promise.resolve("https://start.orbitcli.dev")) as string;
      return yield fetch(`${host}/users/${name}`);
    });
  }
}
