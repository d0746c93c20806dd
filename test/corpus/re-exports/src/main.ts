import * as constants from "./constants.js";
import { CDN_HOST, hosts, statusHost } from "./constants.js";
import routes from "./routes.js";

async function main() {
  await fetch(routes.me);
  await fetch(routes["teams"], { method: "POST" });
  await fetch(CDN_HOST + "/manifest.json");
  await fetch(`${statusHost}/summary`);
  await fetch(`${hosts.API_HOST}/v1/ping`);
  await fetch(`${constants.BASE}/v1/pong`);
}

main();
