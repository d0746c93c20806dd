import net from "node:net";
import * as tls from "node:tls";

function talk(socket: net.Socket) {
  return new Promise<void>((resolve) => {
    socket.on("close", () => resolve());
    socket.on("error", () => resolve());
    socket.end("\u0000\u0001binary");
  });
}

async function main() {
  await talk(net.connect({ host: "statsd.orbitcli.dev", port: 8125 }));
  await talk(tls.connect({ host: "logs.orbitcli.dev", port: 6514 }));
  await talk(net.createConnection(9999, "relay.orbitcli.dev"));
}

main();
