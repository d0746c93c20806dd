import { listQueues, putTrigger, setContext } from "./context.js";
import { Session } from "./session.js";

const API = "https://handed.orbitcli.dev";

type Send = (path: string, init?: RequestInit) => Promise<Response>;

const withBase =
  (send: Send, base: string): Send =>
  (path, init) =>
    send(base + path, init);
const logged =
  (send: Send): Send =>
  async (...given) =>
    send(...given);
const retrying = (send: Send): Send =>
  async function again(this: unknown, ...given) {
    return await send.apply(this, given);
  };

/** A tag: the pieces come as a list. */
function from(base: string) {
  return (pieces: TemplateStringsArray, ...values: string[]) => fetch(`${base}${pieces[0]}${values[0]}`);
}

async function main() {
  await withBase(fetch, API)("/v1/plain", { method: "PUT" });
  await withBase(logged(fetch), API)("/v1/logged", { method: "PUT" });
  await withBase(retrying(logged(fetch)), API)("/v1/retried", { method: "POST" });
  const id = process.argv[2] ?? "x";
  await from(API)`/v1/tagged/${id}`;
  setContext({ fetchResult: async (path, init = {}) => fetch(`${API}/v4${path}`, { method: init.method ?? "GET" }) });
  await listQueues(id);
  await putTrigger(id, "nightly");
  const session = new Session({ getBase: async () => process.env.ORBIT_URL! }, logged(fetch as Send));
  await session.chat("hi");
  await session.models();
}

main();
