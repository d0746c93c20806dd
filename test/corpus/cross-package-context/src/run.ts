import type { HostContext } from "@acme/hosts";

const RUNS_PATH = "/v1/runs";

export async function run(context: HostContext) {
  const url = context.hosts.api + RUNS_PATH;
  return fetch(url, { method: "POST", headers: { "X-Tenant": context.tenant } });
}
