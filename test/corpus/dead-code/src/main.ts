import * as legacy from "@acme/legacy";

const features = { experimental: false, beta: true };
const BUILD = process.env.BUILD_CHANNEL;

async function start() {
  if (features.experimental) {
    await fetch("https://lab.orbitcli.dev/v1/experiment", { method: "POST" });
  }
  if (BUILD === "local" && features.beta) await fetch("http://localhost:9999/debug");
  await (features.beta ? fetch("https://beta.orbitcli.dev/v1/start") : fetch("https://stable.orbitcli.dev/v1/start"));
  return "done";
  // biome-ignore lint: unreachable on purpose
  await fetch("https://never.orbitcli.dev/v1/never");
}

const unusedClient = /* @__PURE__ */ makeClient("https://pure.orbitcli.dev");

function makeClient(base: string) {
  return { ping: () => fetch(`${base}/ping`) };
}

function isLocal() {
  return false;
}

async function main() {
  await start();
  await (legacy as unknown as { current(): Promise<Response> }).current();
  const target = isLocal() ? "http://localhost:7777" : "https://target.orbitcli.dev";
  await fetch(`${target}/v1/target`);
}

main();
