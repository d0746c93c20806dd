import { channel } from "./channel.js";

const PROD = { api: "https://api.orbitcli.dev", account: "https://account.orbitcli.dev" };
const STAGING = { api: "https://api.stage-orbitcli.dev", account: "https://account.stage-orbitcli.dev" };
const LOCAL = { api: "http://localhost:3333", account: "http://localhost:3334" };

function config() {
  switch (channel()) {
    case "local":
      return LOCAL;
    case "staging":
      return STAGING;
    case "prod":
      return PROD;
  }
}

async function main() {
  await fetch(`${config().api}/v1/bootstrap`);
  const account = channel() === "local" ? LOCAL.account : config().account;
  await fetch(account + "/session", { method: "POST" });
  if (channel() !== "prod") {
    await fetch("https://debug.stage-orbitcli.dev/trace", { method: "POST" });
  }
}

main();
