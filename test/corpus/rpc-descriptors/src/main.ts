interface Method {
  name: string;
}
interface Service {
  typeName: string;
  methods: Record<string, Method>;
}

const IndexService = {
  typeName: "orbit.index.v2.IndexService",
  methods: { upload: { name: "Upload" }, search: { name: "Search" } },
} satisfies Service;

class Transport {
  constructor(private baseUrl: string) {}
  unary(service: Service, method: Method, message: object) {
    return fetch(`${this.baseUrl}/${service.typeName}/${method.name}`, {
      method: "POST",
      headers: { "X-Rpc-Deadline": "30" },
      body: JSON.stringify(message),
    });
  }
}

function createClient<S extends Service>(service: S, transport: Transport) {
  const client: Record<string, (message: object) => Promise<unknown>> = {};
  for (const [local, method] of Object.entries(service.methods)) {
    client[local] = (message) => transport.unary(service, method, message);
  }
  return client as { [K in keyof S["methods"]]: (message: object) => Promise<unknown> };
}

async function main() {
  const client = createClient(IndexService, new Transport("https://index.orbitcli.dev"));
  await client.upload({ files: [] });
  await client.search({ query: "q" });
}

main();
