export interface ClientOptions {
  baseURL?: string | null;
  apiKey?: string | null;
  maxRetries?: number;
  fetch?: typeof fetch;
  defaultHeaders?: Record<string, string>;
}

export interface RequestOptions {
  method?: string;
  path?: string;
  query?: Record<string, unknown>;
  body?: unknown;
  headers?: Record<string, string>;
}

const readEnv = (name: string): string | undefined => globalThis.process?.env?.[name]?.trim() || undefined;

const isAbsoluteURL = (url: string) => /^[a-z][a-z0-9+.-]*:/i.test(url);

/** Tagged template that escapes its values. */
export const path = (statics: readonly string[], ...params: unknown[]) =>
  statics.reduce((all, part, index) => all + part + (index === params.length ? "" : encodeURIComponent(String(params[index]))), "");

export abstract class APIClient {
  baseURL: string;
  maxRetries: number;
  private fetch: typeof fetch;
  private defaultHeaders: Record<string, string>;
  protected apiKey: string | null;

  constructor({ baseURL = readEnv("ORBIT_BASE_URL"), apiKey = readEnv("ORBIT_API_KEY") ?? null, ...opts }: ClientOptions = {}) {
    const options = { ...opts, baseURL: baseURL || `https://api.orbit-models.dev` };
    this.baseURL = options.baseURL;
    this.maxRetries = options.maxRetries ?? 2;
    this.fetch = options.fetch ?? globalThis.fetch;
    this.defaultHeaders = options.defaultHeaders ?? {};
    this.apiKey = apiKey;
  }

  protected authHeaders(): Record<string, string> {
    return { "X-Api-Key": this.apiKey ?? "" };
  }

  get(path: string, opts?: RequestOptions) {
    return this.methodRequest("get", path, opts);
  }
  post(path: string, opts?: RequestOptions) {
    return this.methodRequest("post", path, opts);
  }
  delete(path: string, opts?: RequestOptions) {
    return this.methodRequest("delete", path, opts);
  }

  getAPIList(path: string, opts?: RequestOptions) {
    return this.requestAPIList({ method: "get", path, ...opts });
  }

  private requestAPIList(options: RequestOptions) {
    return this.makeRequest(options, this.maxRetries);
  }

  private methodRequest(method: string, path: string, opts?: RequestOptions) {
    return this.request(Promise.resolve(opts).then((options) => ({ method, path, ...options })));
  }

  request(options: RequestOptions | Promise<RequestOptions>, remaining: number | null = null) {
    return this.makeRequest(options, remaining);
  }

  private buildURL(path: string, query?: Record<string, unknown>) {
    const url = isAbsoluteURL(path)
      ? new URL(path)
      : new URL(this.baseURL + (this.baseURL.endsWith("/") && path.startsWith("/") ? path.slice(1) : path));
    if (query) url.search = new URLSearchParams(query as Record<string, string>).toString();
    return url.toString();
  }

  private buildRequest(options: RequestOptions) {
    const { method, path, query } = options;
    const url = this.buildURL(path!, query);
    const headers = new Headers({ ...this.authHeaders(), "Orbit-Version": "2025-01-01", ...this.defaultHeaders, ...options.headers });
    const body = options.body ? JSON.stringify(options.body) : undefined;
    return { req: { method, headers, body }, url };
  }

  private async makeRequest(optionsInput: RequestOptions | Promise<RequestOptions>, _retries: number | null) {
    const options = await optionsInput;
    const { req, url } = this.buildRequest(options);
    const response = await this.fetchWithTimeout(url, req);
    return response.json();
  }

  private async fetchWithTimeout(url: string, init: RequestInit | undefined) {
    const { method, ...options } = init ?? {};
    const fetchOptions: RequestInit = { ...options };
    if (method) fetchOptions.method = method.toUpperCase();
    return this.fetch.call(undefined, url, fetchOptions);
  }
}
