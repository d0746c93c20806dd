const BASE = "https://search.orbitcli.dev";
const STREAM = "https://mcp.orbitcli.dev/server/sse";

async function find(query: string) {
  const url = new URL(BASE);
  url.pathname = "/v1/search";
  url.searchParams.set("q", query);
  url.searchParams.append("limit", "10");
  return fetch(url);
}

async function suggest(prefix: string) {
  const url = new URL("/v1/suggest/", BASE);
  url.pathname += encodeURIComponent(prefix);
  url.hash = "top";
  return fetch(url.toString());
}

function withoutSuffix(url: string) {
  return url.endsWith("/sse") ? url.slice(0, -"/sse".length) : url;
}

async function main() {
  await find(process.argv[2] ?? "text");
  await suggest("te");
  await fetch(withoutSuffix(STREAM) + "/message", { method: "POST", body: "{}" });
  await fetch(new URL("../health", "https://search.orbitcli.dev/v1/deep/").href);
  const relative = new URL("images/logo", "https://cdn.orbitcli.dev/static/");
  await fetch(`${relative.origin}${relative.pathname}.png`);
  await fetch(new Request(new URL("/v1/click", BASE), { method: "POST", headers: { "X-Rank": "1" } }));
}

main();
