import { MetricsClient } from "./client.js";

class Session {
  base: string;
  constructor(readonly id: string) {
    const region = "eu";
    this.base = `https://${region}.sessions.orbitcli.dev/s`;
  }
  close() {
    return fetch(`${this.base}/${this.id}`, { method: "DELETE" });
  }
}

async function main() {
  const client = new MetricsClient({ token: process.argv[2] ?? "t" });
  await client.push([1, 2]);
  await client.status();
  await new Session("s1").close();
}

main();
