import { createServer } from "node:http";

const titles = new Map<string, string>([["https://titles.orbitcli.dev/a", "A"]]);
const seen = new Set<string>();

class Router {
  private routes: Record<string, () => string> = {};
  get(path: string, handler: () => string) {
    this.routes[path] = handler;
  }
  post(path: string, handler: () => string) {
    this.routes[path] = handler;
  }
  run(path: string) {
    return this.routes[path]?.() ?? "";
  }
}

const cache = {
  store: {} as Record<string, string>,
  get(url: string) {
    return this.store[url];
  },
  put(url: string, value: string) {
    this.store[url] = value;
  },
  delete(url: string) {
    delete this.store[url];
  },
  request(options: { url: string; method: string }) {
    return `${options.method} ${options.url}`;
  },
};

async function main() {
  titles.get("https://titles.orbitcli.dev/a");
  titles.delete("https://titles.orbitcli.dev/b");
  seen.add("https://seen.orbitcli.dev/x");
  const router = new Router();
  router.get("/health", () => "ok");
  router.post("/v1/callback", () => "ok");
  router.run("/health");
  cache.put("https://cache.orbitcli.dev/one", "1");
  cache.get("https://cache.orbitcli.dev/one");
  cache.delete("https://cache.orbitcli.dev/one");
  cache.request({ url: "https://cache.orbitcli.dev/two", method: "POST" });
  new URL("https://parsed.orbitcli.dev/only");
  const params = new URLSearchParams("https://params.orbitcli.dev/?a=1");
  params.get("https://params.orbitcli.dev/");
  new Headers({ Origin: "https://origin.orbitcli.dev" }).get("Origin");
  const server = createServer((request, response) => response.end(request.url));
  await new Promise<void>((resolve) => server.listen(0, () => resolve()));
  server.close();
  await fetch("https://api.orbitcli.dev/v1/real");
}

main();
