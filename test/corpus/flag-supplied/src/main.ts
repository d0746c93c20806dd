import { FlagClient } from "./flags.js";

const flags = new FlagClient("sdk-orbit0001");

interface BatchConfig {
  baseUrl?: string;
  path?: string;
}

async function main() {
  await flags.init();
  const config = flags.getDynamicConfig<BatchConfig>("orbit_batch_config", {});
  const url = `${config.baseUrl ?? "https://api.orbitcli.dev"}${config.path ?? "/v1/batch"}`;
  await fetch(url, { method: "POST", body: "[]" });
  const relay = flags.getDynamicConfig("orbit_relay_host", "relay.orbitcli.dev");
  await fetch(`https://${relay}/v1/relay`);
}

main();
