import nodeFetch, { Headers, Request } from "node-fetch";

async function main() {
  await nodeFetch("https://nf.orbitcli.dev/v1/plain");
  await nodeFetch(`https://nf.orbitcli.dev/v1/items/${process.argv[2] ?? "1"}`, {
    method: "PUT",
    headers: new Headers({ "X-Nf": "1" }),
    body: "{}",
  });
  await nodeFetch(new Request("https://nf.orbitcli.dev/v1/request", { method: "DELETE" }));
}

main();
