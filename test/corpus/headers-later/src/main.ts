import { anonymousHeaders, sessionHeaders } from "./auth.js";

const API = "https://api.orbitcli.dev/v1";

async function main() {
  const token = process.argv[2];
  const later: Record<string, string> = { "X-Orbit-Client": "cli" };
  if (token) later.Authorization = `Bearer ${token}`;
  later["X-Request-Id"] = String(Date.now());
  await fetch(`${API}/later`, { headers: later });

  await fetch(`${API}/ternary`, { headers: token ? sessionHeaders(token) : anonymousHeaders() });
  await fetch(`${API}/helper`, { method: "POST", headers: { ...sessionHeaders("s"), "X-Idempotency-Key": "k" } });

  const built = new Headers({ "X-Built": "1" });
  built.set("X-Set", "2");
  built.append("X-Appended", "3");
  await fetch(`${API}/built`, { headers: built });

  const init: RequestInit = { method: "PUT" };
  init.headers = Object.assign({}, anonymousHeaders(), { "X-Assigned": "1" });
  await fetch(`${API}/assigned`, init);

  await fetch(`${API}/pairs`, { method: "DELETE", headers: [["X-Pair", "1"]] });
  await fetch(`${API}/conditional`, { headers: { ...(token && { "X-Token": token }), "X-Always": "1" } });
}

main();
