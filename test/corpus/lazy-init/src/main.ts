import * as settings from "@acme/settings";

const { apiHost, region } = settings as unknown as { apiHost(): string; region: string };

let uploadHost: string;
let client: { base: string } | undefined;

function init() {
  uploadHost = `https://upload-${region}.orbitcli.dev`;
}

function getClient() {
  if (!client) client = { base: "https://client.orbitcli.dev" };
  return client;
}

class Singleton {
  static #instance: Singleton | null = null;
  host = "";
  static get() {
    if (!Singleton.#instance) {
      Singleton.#instance = new Singleton();
      Singleton.#instance.host = "https://single.orbitcli.dev";
    }
    return Singleton.#instance;
  }
}

async function main() {
  init();
  await fetch(`${apiHost()}/v1/lazy`);
  await fetch(`${uploadHost!}/v1/blob`, { method: "PUT" });
  await fetch(getClient().base + "/v1/client");
  await fetch(`${Singleton.get().host}/v1/single`);
}

main();
