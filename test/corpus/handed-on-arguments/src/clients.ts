import { Core, type Options } from "./core.js";
import { Messages, Models } from "./resources.js";

export class Client extends Core {
  messages: Messages;
  models: Models;
  constructor(_options?: Options) {
    // @ts-expect-error: the parent's parameters
    super(...arguments);
    // @ts-expect-error: the parent's parameters
    this.messages = new Messages(this);
    this.models = new Models(this);
  }
}

/** Another host, for the same resources. */
export class RegionClient extends Client {
  constructor({ region = process.env.ORBIT_REGION, baseURL, ...rest }: Options & { region?: string } = {}) {
    const place = region ?? "west";
    super({ baseURL: baseURL ?? process.env.ORBIT_REGION_URL ?? `https://orbit.${place}.cloud.dev`, ...rest });
  }
}

/** The same resources on the base class itself. */
export class CloudClient extends Core {
  messages: Messages;
  models: Models;
  constructor({ resource = "acme", ...rest }: Options & { resource?: string } = {}) {
    super({ baseURL: `https://${resource}.orbit.cloud.dev/v0`, ...rest });
    // @ts-expect-error: the parent's parameters
    this.messages = new Messages(this);
    this.models = new Models(this);
  }
}
