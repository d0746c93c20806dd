#!/usr/bin/env node
// Sends many requests to many hosts: their number, the number of hosts, and the part of a host's name after its own number.
import https from "node:https";

const [requests, hosts, suffix] = [Number(process.argv[2]), Number(process.argv[3]), process.argv[4]];
const AT_ONCE = 50;
const agent = new https.Agent({ keepAlive: true, maxSockets: 1, maxFreeSockets: 1 });

const ask = (host, n) =>
  new Promise((resolve, reject) => {
    const request = https.request({ host, path: `/${n}`, method: "POST", agent }, (response) => {
      response.resume().on("end", resolve);
    });
    // a connection that was closed while it was idle carried nothing: asked again, as every client does
    const again = (error) =>
      request.reusedSocket && error.code === "ECONNRESET" ? resolve(ask(host, n)) : reject(error);
    request.on("error", again).end("{}");
  });

let [next, failed] = [0, 0];
await Promise.all(
  Array.from({ length: AT_ONCE }, async () => {
    while (next < hosts) {
      const host = `h${next++}${suffix}`;
      for (let n = 0; n < requests / hosts; n++) await ask(host, n).catch(() => failed++);
      agent.freeSockets[agent.getName({ host, port: 443 })]?.forEach((socket) => {
        socket.destroy();
      });
    }
  }),
);
console.log(`${failed} failed`);
process.exit(0);
