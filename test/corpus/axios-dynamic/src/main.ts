async function check() {
  const http = await import("axios");
  const { data } = await http.default.get("https://files.orbitcli.dev/v1/quota");
  return data;
}

const lazyAxios = () => import("axios").then((m) => m.default);

async function main() {
  await check();
  const { upload } = await import("./upload.js");
  await upload(process.argv[2] ?? "log.txt", "hello");
  const client = await lazyAxios();
  await client.post("https://files.orbitcli.dev/v1/commit", { ok: true });
}

main();
