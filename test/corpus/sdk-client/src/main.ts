import { Orbit } from "@acme/sdk";

async function main() {
  const client = new Orbit({ defaultHeaders: { "X-App": "cli" } });
  await client.messages.create({ model: "m", messages: [] });
  await client.messages.batches.create({ requests: [] });
  await client.messages.batches.cancel(process.argv[2] ?? "b1");
  await client.models.list({ limit: "5" });
  await client.models.delete(process.argv[2] ?? "m1");
}

main();
