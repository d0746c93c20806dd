import { ApiClient } from "./client.js";
import { fill, put } from "./paths.js";

function toBody(from: { model?: string; text?: string }) {
  const to: { [key: string]: any } = {};
  if (from.model != null) put(to, ["_url", "model"], from.model);
  if (from.text != null) put(to, ["text"], from.text);
  return to;
}

class Models {
  constructor(private readonly client: ApiClient) {}

  generate(params: { model: string; text: string; http?: Record<string, unknown> }) {
    const body = toBody(params);
    const path = fill("{model}:generate", body["_url"]);
    delete body["_url"];
    return this.client.request({ path, method: "POST", body: JSON.stringify(body), http: params.http ?? {} });
  }

  remove(params: { model: string }) {
    const body = toBody(params);
    return this.client.request({ path: fill("tuned/{model}", body["_url"]), method: "DELETE" });
  }
}

// What else has a method of that name.
const queue = { request: () => console.log("queued") };
const lock = { request: () => console.log("locked") };
const wake = { request: () => console.log("awake") };
const port = { request: () => console.log("open") };

async function main() {
  for (const one of [queue, lock, wake, port]) one.request();
  const client = new ApiClient({ region: process.env.ORBIT_REGION, apiVersion: process.env.ORBIT_VERSION });
  if (process.env.ORBIT_BASE) client.setBase(process.env.ORBIT_BASE);
  const models = new Models(client);
  await models.generate({ model: process.argv[2] ?? "large", text: "hi" });
  await models.remove({ model: process.argv[3] ?? "mine" });
}

main();
