export type Verb = "get" | "post" | "put" | "delete";

export interface Http {
  get(url: string): Promise<unknown>;
  post(url: string, body?: unknown): Promise<unknown>;
  put(url: string, body?: unknown): Promise<unknown>;
  delete(url: string): Promise<unknown>;
}

const send = (method: string) => (url: string, body?: unknown) =>
  fetch(url, { method, body: body === undefined ? undefined : JSON.stringify(body) });

export const plainHttp: Http = {
  get: (url) => fetch(url),
  post: send("POST"),
  put: send("PUT"),
  delete: (url) => fetch(url, { method: "DELETE" }),
};
