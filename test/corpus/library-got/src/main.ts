import got from "got";

const api = got.extend({ prefixUrl: "https://got.orbitcli.dev/v1", headers: { "x-got": "1" } });

async function main() {
  await got("https://got.orbitcli.dev/plain");
  await got.post("https://got.orbitcli.dev/plain", { json: { a: 1 } });
  await api("items").json();
  await api.put("items/7", { json: {}, headers: { "x-put": "1" } });
  await api.delete(`items/${process.argv[2] ?? "8"}`);
}

main();
