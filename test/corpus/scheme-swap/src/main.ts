import WebSocket from "ws";

const API = "https://api.orbitcli.dev";
const RELAY = "https://relay.orbitcli.dev/v1";

function socketUrl(base: string, path: string) {
  return base.replace(/^http/, "ws") + path;
}

function connect(url: string, headers?: Record<string, string>) {
  return new Promise<void>((resolve) => {
    const socket = new WebSocket(url, { headers });
    socket.on("close", () => resolve());
    socket.on("error", () => resolve());
  });
}

async function main() {
  const session = process.argv[2] ?? "s1";
  await connect(`${API.replace("https://", "wss://")}/v1/sessions/${session}/tail`, { "X-Orbit-Session": session });
  await connect(socketUrl(RELAY, "/events"));
  const url = new URL("/live", API);
  url.protocol = "wss:";
  await connect(url.toString());
  await connect(url.href.replace("/live", "/control"));
}

main();
