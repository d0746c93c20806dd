import { Client, fetch as undiciFetch, Pool, request } from "undici";

async function main() {
  const { body } = await request("https://undici.orbitcli.dev/v1/request", {
    method: "POST",
    headers: { "x-undici": "1" },
    body: "{}",
  });
  await body.dump();
  await (await request(new URL("/v1/get", "https://undici.orbitcli.dev"))).body.dump();
  await (await undiciFetch("https://undici.orbitcli.dev/v1/fetch")).text();
  const client = new Client("https://client.orbitcli.dev");
  await (await client.request({ path: "/v1/client", method: "PUT" })).body.dump();
  await client.close();
  const pool = new Pool("https://pool.orbitcli.dev");
  await (await pool.request({ path: `/v1/pool/${process.argv[2] ?? "1"}`, method: "GET" })).body.dump();
  await pool.close();
}

main();
