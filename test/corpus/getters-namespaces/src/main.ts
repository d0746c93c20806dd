namespace Api {
  export const root = "https://api.orbitcli.dev";
  export function url(path: string) {
    return `${root}/v4${path}`;
  }
  export namespace Beta {
    export const root = "https://beta.orbitcli.dev";
  }
}

class Client {
  static readonly version = "v4";
  static get root() {
    return `https://core.orbitcli.dev/${Client.version}`;
  }
  get baseUrl() {
    return Client.root + this.scope;
  }
  get scope() {
    return "/org";
  }
  members() {
    return fetch(`${this.baseUrl}/members`);
  }
}

const settings = {
  host: "settings.orbitcli.dev",
  get url() {
    return `https://${this.host}/v1/settings`;
  },
};

async function main() {
  await fetch(Api.url("/boards"));
  await fetch(Api.Beta.root + "/features", { method: "POST" });
  await new Client().members();
  await fetch(settings.url, { method: "PUT" });
}

main();
