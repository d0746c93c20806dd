export interface HostContext {
  hosts: { api: string; artifacts: string };
  tenant: string;
}

export function createContext(tenant: string): HostContext {
  return {
    hosts: { api: "https://api.orbitcli.dev", artifacts: "https://artifacts.orbitcli.dev" },
    tenant,
  };
}
