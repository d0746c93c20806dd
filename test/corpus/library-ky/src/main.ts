import ky from "ky";

const api = ky.create({ prefixUrl: "https://ky.orbitcli.dev/v1", headers: { "x-ky": "1" } });

async function main() {
  await ky("https://ky.orbitcli.dev/plain");
  await ky.post("https://ky.orbitcli.dev/plain", { json: { a: 1 } });
  await api.get("items", { searchParams: { page: 1 } });
  await api.patch(`items/${process.argv[2] ?? "8"}`, { json: {} });
  await api.extend({ headers: { "x-more": "1" } }).delete("items/all");
}

main();
