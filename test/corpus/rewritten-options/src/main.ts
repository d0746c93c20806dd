import { CloudClient } from "./client.js";

const HOSTS = ["localhost", "harbor-relay"];

/** Literal IPv6 addresses stand in brackets. */
const inUrl = (host: string) => (host.includes(":") ? `[${host}]` : host);

async function main() {
  const client = new CloudClient("https://cloud.harbor-answers.dev");
  const model = process.argv[2] ?? "m1";
  await client.create(model);
  await client.count(model);
  await client.models();
  for (const host of HOSTS) await (await fetch(`http://${inUrl(host)}:4180/ping`)).text();
}

main();
