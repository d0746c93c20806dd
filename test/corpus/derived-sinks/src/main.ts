type Json = Record<string, unknown>;

async function rawRequest(url: string, method: string, body?: Json) {
  const response = await fetch(url, { method, headers: { "X-Wrapped": "1" }, body: body && JSON.stringify(body) });
  return response.json();
}

const withBase = (base: string) => (path: string) => base + path;
const api = withBase("https://api.orbitcli.dev");

function getJson(path: string) {
  return rawRequest(api(path), "GET");
}

function postJson(path: string, body: Json) {
  return rawRequest(api(path), "POST", body);
}

const client = {
  version: "v6",
  call(name: string, body: Json) {
    return this.send(`/${this.version}/${name}`, body);
  },
  send(path: string, body: Json) {
    return postJson(path, body);
  },
};

async function retry<T>(times: number, work: (attempt: number) => Promise<T>): Promise<T> {
  try {
    return await work(times);
  } catch (error) {
    if (times <= 1) throw error;
    return retry(times - 1, work);
  }
}

function withUrl(name: string, use: (url: string) => Promise<unknown>) {
  return use(`https://callback.orbitcli.dev/v1/${name}`);
}

async function main() {
  await getJson("/v6/state");
  await client.call("rename", { name: "x" });
  await retry(2, () => rawRequest("https://retry.orbitcli.dev/once", "PUT"));
  await withUrl("fetched", (url) => fetch(url));
  await withUrl("sent", (url) => rawRequest(url, "DELETE"));
  const bound = rawRequest.bind(null, "https://bound.orbitcli.dev/v1");
  await bound("PATCH");
  await rawRequest.call(null, "https://called.orbitcli.dev/v1", "GET");
  await rawRequest.apply(null, ["https://applied.orbitcli.dev/v1", "GET"]);
}

main();
