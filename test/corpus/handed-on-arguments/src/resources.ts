import type { Core } from "./core.js";

export class Resource {
  client: Core;
  constructor(client: Core) {
    this.client = client;
  }
}

export class Batches extends Resource {
  cancel(id: string) {
    return this.client.post(`/v1/messages/batches/${id}/cancel`);
  }
}

/** What `batches = new Batches(this.client)` in a class body is compiled to. */
export class Messages extends Resource {
  batches: Batches;
  constructor() {
    // @ts-expect-error: the parent's parameters
    super(...arguments);
    this.batches = new Batches(this.client);
  }
  create(body: unknown) {
    return this.client.post("/v1/messages", { body });
  }
}

export class Models extends Resource {
  list() {
    return this.client.get("/v1/models");
  }
}
