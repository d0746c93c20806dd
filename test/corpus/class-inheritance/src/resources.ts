export abstract class Resource {
  protected readonly host = "https://res.orbitcli.dev";
  protected abstract get name(): string;
  protected version() {
    return "v1";
  }

  list() {
    return this.request("GET");
  }
  show(id: string) {
    return this.request("GET", `/${id}`);
  }

  protected request(method: string, suffix = "") {
    return fetch(`${this.host}/${this.version()}/${this.name}${suffix}`, { method, headers: this.headers() });
  }
  protected headers(): Record<string, string> {
    return { "X-Resource": this.name };
  }
}

export class Users extends Resource {
  protected get name() {
    return "users";
  }
}

export class Teams extends Resource {
  protected get name() {
    return "teams";
  }
  protected override version() {
    return "v2";
  }
  protected override headers() {
    return { ...super.headers(), "X-Teams": "1" };
  }
  archive(id: string) {
    return super.request("POST", `/${id}/archive`);
  }
}
