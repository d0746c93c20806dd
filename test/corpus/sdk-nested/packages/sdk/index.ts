interface Options {
  method: string;
  path: string;
  body?: unknown;
}

/** What every resource is: a handle on the client that made it. */
class Resource {
  protected readonly _client: Tide;
  constructor(client: Tide) {
    this._client = client;
  }
}

class Steps extends Resource {
  list(run: string) {
    return this._client.get(`/runs/${run}/steps`);
  }
}

class Runs extends Resource {
  steps = new Steps(this._client);
  create(body: unknown) {
    return this._client.post("/runs", { body });
  }
}

class Notes extends Resource {
  add(thread: string, body: unknown) {
    return this._client.post(`/threads/${thread}/notes`, { body });
  }
}

class Drafts extends Resource {
  list(thread: string) {
    return this._client.get(`/threads/${thread}/drafts`);
  }
}

class Members extends Resource {
  remove(thread: string, member: string) {
    return this._client.delete(`/threads/${thread}/members/${member}`);
  }
}

class Threads extends Resource {
  notes = new Notes(this._client);
  drafts = new Drafts(this._client);
  members = new Members(this._client);
  create(body: unknown) {
    return this._client.post("/threads", { body });
  }
}

class Workspaces extends Resource {
  runs = new Runs(this._client);
  threads = new Threads(this._client);
  rename(name: string) {
    return this._client.put("/workspace", { body: { name } });
  }
}

export class Tide {
  readonly baseURL: string;
  readonly workspaces: Workspaces;

  constructor({ baseURL = process.env.TIDE_BASE_URL }: { baseURL?: string } = {}) {
    this.baseURL = baseURL || "https://api.tide-threads.dev/v2";
    this.workspaces = new Workspaces(this);
  }

  get(path: string, options?: { body?: unknown }) {
    return this.methodRequest("get", path, options);
  }
  post(path: string, options?: { body?: unknown }) {
    return this.methodRequest("post", path, options);
  }
  put(path: string, options?: { body?: unknown }) {
    return this.methodRequest("put", path, options);
  }
  delete(path: string, options?: { body?: unknown }) {
    return this.methodRequest("delete", path, options);
  }

  private methodRequest(method: string, path: string, options?: { body?: unknown }) {
    return this.request(Promise.resolve(options).then((given) => ({ method, path, ...given })));
  }

  private async request(options: Promise<Options>) {
    const { method, path, body } = await options;
    const response = await fetch(this.baseURL + path, {
      method: method.toUpperCase(),
      headers: { "x-tide-client": "sdk" },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    });
    return response.text();
  }
}

const kept = new Map<string, unknown>();

/** Stores whose methods are named as the client's are. */
export const memory = {
  get: (key: string) => kept.get(key),
  put: (key: string, value: unknown) => kept.set(key, value),
  post: (value: unknown) => kept.set("last", value),
  delete: (key: string) => kept.delete(key),
};

export class Shelf {
  private readonly items: unknown[] = [];
  get(index: number) {
    return this.items[index];
  }
  put(item: unknown) {
    return this.items.push(item);
  }
  post(item: unknown) {
    return this.items.unshift(item);
  }
  delete() {
    return this.items.pop();
  }
}

export class Ring {
  private item: unknown;
  get() {
    return this.item;
  }
  put(item: unknown) {
    this.item = item;
  }
  post(item: unknown) {
    this.item = [item];
  }
  delete() {
    this.item = undefined;
  }
}
