enum Route {
  Users = "/v1/users",
  Keys = "/v1/keys",
}

enum Port {
  Api = 8443,
  Admin,
}

const HOSTS = Object.freeze({ main: "https://api.orbitcli.dev", edge: Object.freeze({ eu: "https://eu.orbitcli.dev" }) });

const SERVICES = { billing: "billing", usage: "usage" } as const;

function serviceUrl(name: keyof typeof SERVICES) {
  return `https://${SERVICES[name]}.orbitcli.dev/v1`;
}

const regions: Record<string, string> = { us: "https://us.orbitcli.dev", ap: "https://ap.orbitcli.dev" };

async function main() {
  await fetch(HOSTS.main + Route.Users);
  await fetch(`${HOSTS.main}${Route.Keys}/${process.argv[3] ?? "k1"}`, { method: "DELETE" });
  await fetch(`${HOSTS.edge.eu}:${Port.Admin}/stats`);
  await fetch(serviceUrl("billing"));
  await fetch(`${serviceUrl("usage")}/today`);
  const region = regions[process.argv[2] ?? "us"];
  await fetch(`${region}/v1/nearest`);
}

main();
