import WebSocket, { WebSocket as NamedSocket } from "ws";

class Channel extends WebSocket {
  constructor(topic: string) {
    super(`wss://channel.orbitcli.dev/topics/${topic}`, ["orbit.v1"], { headers: { "X-Topic": topic } });
  }
}

function closed(socket: WebSocket) {
  return new Promise<void>((resolve) => {
    socket.on("close", () => resolve());
    socket.on("error", () => resolve());
  });
}

async function main() {
  await closed(new WebSocket("wss://plain.orbitcli.dev/socket"));
  await closed(new NamedSocket("wss://named.orbitcli.dev/socket", { headers: { Authorization: "Bearer x" } }));
  await closed(new Channel(process.argv[2] ?? "news"));
  await closed(new WebSocket(new URL("ws://127.0.0.1:9229/devtools")));
}

main();
