export interface Options {
  baseURL?: string;
  apiKey?: string;
  timeout?: number;
}

interface Request {
  method: string;
  path: string;
  body?: unknown;
}

export class Core {
  baseURL: string;
  apiKey: string;

  constructor({ baseURL = process.env.ORBIT_BASE_URL, apiKey = process.env.ORBIT_KEY, ...rest }: Options = {}) {
    const options = { apiKey, ...rest, baseURL: baseURL || "https://api.orbitcli.dev" };
    this.baseURL = options.baseURL;
    this.apiKey = options.apiKey ?? "";
  }

  headers(): Record<string, string> {
    return { "X-Orbit-Key": this.apiKey };
  }
  buildURL(path: string): string {
    const url = new URL(this.baseURL + (this.baseURL.endsWith("/") && path.startsWith("/") ? path.slice(1) : path));
    return url.toString();
  }
  get(path: string, more?: Promise<object> | object) {
    return this.methodRequest("get", path, more);
  }
  post(path: string, more?: Promise<object> | object) {
    return this.methodRequest("post", path, more);
  }
  methodRequest(method: string, path: string, more?: Promise<object> | object) {
    return this.request(Promise.resolve(more).then((given) => ({ method, path, ...given })));
  }
  async request(given: Request | Promise<Request>) {
    const options = await given;
    const { req, url } = await this.buildRequest(options);
    return this.send(url, req);
  }
  async buildRequest(options: Request): Promise<{ req: RequestInit; url: string }> {
    const { method, path, body } = options;
    const url = this.buildURL(path);
    return { req: { method, headers: this.headers(), body: JSON.stringify(body) }, url };
  }
  async send(url: string, init: RequestInit) {
    const { method, ...rest } = init ?? {};
    const options: RequestInit = { method: "GET", ...rest };
    if (method) options.method = method.toUpperCase();
    return fetch.call(undefined, url, options);
  }
}
