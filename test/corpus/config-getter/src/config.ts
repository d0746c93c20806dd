interface Config {
  apiBase: string;
  authBase: string;
  clientId: string;
}

const PRODUCTION: Config = {
  apiBase: "https://api.orbitcli.dev",
  authBase: "https://auth.orbitcli.dev",
  clientId: "orbit-cli",
};

export function getConfig(): Config {
  return PRODUCTION;
}
