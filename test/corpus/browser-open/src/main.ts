import { launch } from "./launch.js";
import { openBrowser } from "./open.js";

function authorizeUrl(state: string) {
  const url = new URL("https://login.orbitcli.dev/oauth/authorize");
  url.searchParams.set("client_id", "orbit-cli");
  url.searchParams.set("state", state);
  return url.toString();
}

const pages = [{ page: "https://orbitcli.dev/handbook" }, { page: "https://orbitcli.dev/plans" }];

async function main() {
  await openBrowser(authorizeUrl("xyz"));
  await openBrowser("https://orbitcli.dev/feedback");
  for (const { page } of pages) await launch(page);
  await fetch("https://login.orbitcli.dev/oauth/token", { method: "POST" });
}

main();
