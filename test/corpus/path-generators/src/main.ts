import { paths } from "./paths.js";

const api = (path: string, init?: RequestInit) => fetch(`https://code.orbitcli.dev${path}`, init);

async function main() {
  const owner = process.argv[2] ?? "octo";
  await api(paths.user(owner));
  await api(paths.repo.show(owner, "demo"), { method: "PATCH" });
  await api(paths.repo.file(owner, "demo", "a/b.txt"), { method: "PUT", body: "x" });
  await api(paths.search({ q: owner }));
  await api(paths.health(), { method: "HEAD" });
}

main();
