import { type APIClient, path, type RequestOptions } from "./core.js";

export class APIResource {
  protected _client: APIClient;
  constructor(client: APIClient) {
    this._client = client;
  }
}

export class Batches extends APIResource {
  create(body: object, options?: RequestOptions) {
    return this._client.post("/v1/messages/batches", { body, ...options });
  }
  cancel(id: string, options?: RequestOptions) {
    return this._client.post(path`/v1/messages/batches/${id}/cancel`, options);
  }
}

export class Messages extends APIResource {
  batches: Batches = new Batches(this._client);

  create(body: object, options?: RequestOptions) {
    return this._client.post("/v1/messages", { body, ...options, headers: { "X-Stream": "1", ...options?.headers } });
  }
}

export class Models extends APIResource {
  list(query: Record<string, string> = {}, options?: RequestOptions) {
    return this._client.getAPIList("/v1/models", { query, ...options });
  }
  delete(id: string, options?: RequestOptions) {
    return this._client.delete(path`/v1/models/${id}`, options);
  }
}
