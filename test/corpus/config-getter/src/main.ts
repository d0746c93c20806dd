import { getConfig } from "./config.js";

async function showUser(id: string) {
  const response = await fetch(`${getConfig().apiBase}/v1/users/${id}/profile`);
  return response.json();
}

async function login(code: string) {
  const config = getConfig();
  return fetch(`${config.authBase}/oauth/token`, {
    method: "POST",
    headers: { "Content-Type": "application/json", "X-Client-Id": config.clientId },
    body: JSON.stringify({ code }),
  });
}

async function main() {
  await login(process.argv[2] ?? "code");
  console.log(await showUser(process.argv[3] ?? "42"));
}

main();
