import http from "node:http";
import * as https from "node:https";
import { request as secureRequest } from "node:https";

function done(request: http.ClientRequest) {
  return new Promise<void>((resolve, reject) => {
    request.on("response", (response) => response.resume().on("end", () => resolve()));
    request.on("error", reject);
    request.end();
  });
}

const HOST = "node.orbitcli.dev";

async function main() {
  const id = process.argv[2] ?? "1";
  await done(https.get("https://node.orbitcli.dev/v1/get"));
  await done(https.request({ hostname: HOST, path: `/v1/parts/${id}`, method: "POST", headers: { "X-Parts": "1" } }));
  await done(https.request({ host: HOST, port: 8443, path: "/v1/port", method: "DELETE" }));
  await done(secureRequest(`https://${HOST}/v1/two`, { method: "PUT" }));
  await done(secureRequest(new URL("/v1/url", `https://${HOST}`)));
  await done(http.request({ host: "127.0.0.1", port: 9119, path: "/local" }));
  const options: https.RequestOptions = { hostname: HOST, path: "/v1/later" };
  options.method = "PATCH";
  const pending = https.request(options, (response) => response.resume());
  pending.setHeader("X-Later", "1");
  await done(pending);
}

main();
