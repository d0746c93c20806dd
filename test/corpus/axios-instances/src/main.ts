import axios from "axios";

const defaults = { timeout: 3000, headers: { "X-Orbit-Version": "7" } };

const registry = axios.create({ baseURL: "https://registry.orbitcli.dev/api" });
registry.interceptors.request.use((config) => {
  config.headers["X-Orbit-Trace"] = "trace-1";
  return config;
});

async function publish(name: string) {
  const options = { url: "/packages", method: "post", data: { name }, ...defaults };
  await registry.request(options);
}

async function main() {
  await registry.get("/packages", { params: { page: 2 } });
  await publish(process.argv[2] ?? "demo");
  await registry({ method: "delete", url: `/packages/${process.argv[2] ?? "demo"}` });
  await axios({ url: "https://mirror.orbitcli.dev/ping", method: "HEAD", ...defaults });
  await axios.request({ baseURL: "https://mirror.orbitcli.dev", url: "/sync", method: "PUT" });
  await axios("https://mirror.orbitcli.dev/index.json");
}

main();
