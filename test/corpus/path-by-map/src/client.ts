interface Demand {
  path: string;
  method: string;
  body?: string;
  http?: Record<string, unknown>;
}

interface Http {
  baseUrl: string;
  apiVersion?: string;
}

export class ApiClient {
  readonly options: { apiVersion?: string; region?: string; http?: Http };

  constructor(options: { apiVersion?: string; region?: string }) {
    this.options = Object.assign({}, options);
    const http: Http = { baseUrl: "" };
    if (this.options.region) {
      http.apiVersion = this.options.apiVersion ?? "v2beta";
      http.baseUrl = this.regional();
    } else {
      http.apiVersion = this.options.apiVersion ?? "v2";
      http.baseUrl = "https://models.orbitcli.dev/";
    }
    this.options.http = http;
  }

  private regional(): string {
    if (this.options.region && this.options.region !== "world")
      return `https://${this.options.region}.regions.orbitcli.dev/`;
    return "https://world.orbitcli.dev/";
  }

  setBase(url: string): void {
    if (this.options.http) this.options.http.baseUrl = url;
  }

  private patched(base: Http, more: Record<string, unknown>): Http {
    const patched = JSON.parse(JSON.stringify(base));
    for (const [key, value] of Object.entries(more)) {
      if (typeof value === "object") patched[key] = Object.assign({}, patched[key], value);
      else if (value !== undefined) patched[key] = value;
    }
    return patched;
  }

  private origin(http: Http): string {
    const parts = [http.baseUrl.endsWith("/") ? http.baseUrl.slice(0, -1) : http.baseUrl];
    if (http.apiVersion && http.apiVersion !== "") parts.push(http.apiVersion);
    return parts.join("/");
  }

  private urlOf(path: string, http: Http): URL {
    const parts = [this.origin(http)];
    if (path !== "") parts.push(path);
    return new URL(`${parts.join("/")}`);
  }

  async request(demand: Demand): Promise<Response> {
    let http = this.options.http as Http;
    if (demand.http) http = this.patched(http, demand.http);
    const url = this.urlOf(demand.path, http);
    return this.send(url.toString(), { method: demand.method, ...(demand.body ? { body: demand.body } : {}) });
  }

  private async send(url: string, init: RequestInit): Promise<Response> {
    return fetch(url, init);
  }
}
