const API = "https://table.orbitcli.dev";

const handlers: Record<string, (argument: string) => Promise<unknown>> = {
  add: (name) => fetch(`${API}/v1/add/${name}`, { method: "POST" }),
  async remove(name) {
    return fetch(`${API}/v1/remove/${name}`, { method: "DELETE" });
  },
};
handlers.rename = (name) => fetch(`${API}/v1/rename/${name}`, { method: "PATCH" });

const OPERATIONS = [
  { id: "users.list", verb: "GET", route: "/v1/users" },
  { id: "users.get", verb: "GET", route: "/v1/users/:id" },
  { id: "users.create", verb: "POST", route: "/v1/users" },
] as const;

function invoke(id: string, params: Record<string, string> = {}) {
  const operation = OPERATIONS.find((candidate) => candidate.id === id)!;
  const path = operation.route.replace(/:(\w+)/g, (_match, name) => params[name] ?? "");
  return fetch(API + path, { method: operation.verb });
}

const byName = new Map([
  ["status", "/v1/status"],
  ["version", "/v1/version"],
]);

async function main() {
  for (const name of process.argv.slice(2)) await handlers[name]?.("x");
  await invoke("users.list");
  await invoke("users.get", { id: "4" });
  await invoke("users.create");
  for (const name of ["status", "version"]) await fetch(API + byName.get(name), { method: "HEAD" });
}

main();
