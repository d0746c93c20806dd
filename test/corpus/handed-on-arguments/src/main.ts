import { Client, CloudClient, RegionClient } from "./clients.js";

function clientFor(kind: string | undefined) {
  if (kind === "region") return new RegionClient({ region: "east" });
  if (kind === "cloud") return new CloudClient();
  return new Client({ timeout: 30 });
}

async function main() {
  const client = clientFor(process.argv[2]);
  await client.messages.create({ text: "hello" });
  await client.messages.batches.cancel("b1");
  await client.models.list();
}

main();
