export interface Options {
  method?: string;
  path: string;
  body?: { model: string };
}

const ANSWERS = new Set(["/v1/answers", "/v1/answers?beta"]);

/** A service in a customer's own cloud, where some paths are others. */
export class CloudClient {
  readonly project = process.env.HARBOR_PROJECT ?? "p1";

  constructor(readonly base: string) {}

  create(model: string) {
    return this.send({ method: "POST", path: "/v1/answers", body: { model } });
  }

  count(model: string) {
    return this.send({ method: "POST", path: "/v1/answers/count", body: { model } });
  }

  models() {
    return this.send({ path: "/v1/models" });
  }

  async send(options: Options) {
    if (ANSWERS.has(options.path) && options.method === "POST") {
      options.path = `/projects/${this.project}/models/${options.body?.model}:answer`;
    }
    if (options.path === "/v1/answers/count" || options.path === "/v1/answers/count?beta") {
      options.path = `/projects/${this.project}/models/counter:count`;
    }
    options.method = options.method || "GET";
    const body = options.body === undefined ? undefined : JSON.stringify(options.body);
    return (await fetch(this.base + options.path, { method: options.method, body })).text();
  }
}
