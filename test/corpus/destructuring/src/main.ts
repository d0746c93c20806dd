const config = {
  hosts: { api: "https://api.orbitcli.dev", [`up${"load"}`]: "https://upload.orbitcli.dev" } as Record<string, string>,
  paths: ["/v1/first", "/v1/second", "/v1/third"],
  limits: { depth: 3 },
};

const {
  hosts: { api: apiHost, ...otherHosts },
  paths: [firstPath, ...otherPaths],
} = config;

interface SendOptions {
  verb?: string;
  host?: string;
  path: string;
}

function send({ verb: method = "GET", host: base = apiHost, path, ...rest }: SendOptions & { body?: string }) {
  return fetch(base + path, { method, ...rest });
}

function ping(path = "/v1/ping", { host = "https://ping.orbitcli.dev" } = {}) {
  return fetch(`${host}${path}`);
}

interface Settings {
  network?: { gateway?: { url: string } };
}

async function main() {
  await fetch(`${apiHost}${firstPath}`);
  await fetch(`${otherHosts.upload}${otherPaths[0]}`, { method: "PUT" });
  await send({ path: "/v1/default" });
  await send({ verb: "POST", path: "/v1/items", body: "{}" });
  await send({ verb: "PATCH", host: "https://patch.orbitcli.dev", path: otherPaths.at(-1) ?? "" });
  await ping();
  await ping("/v1/pong");
  const settings: Settings | undefined = { network: { gateway: { url: "https://gateway.orbitcli.dev" } } };
  await fetch(`${settings?.network?.gateway?.url}/v1/optional`);
  let swap = "https://left.orbitcli.dev";
  let other = "https://right.orbitcli.dev";
  [swap, other] = [other, swap];
  await fetch(`${swap}/v1/swapped`);
}

main();
