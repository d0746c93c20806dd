import axios, { type AxiosInstance } from "axios";

type Verb = "get" | "post" | "patch";

class Gateway {
  private http: AxiosInstance;

  constructor(baseURL: string) {
    this.http = axios.create({ baseURL, headers: { "X-Orbit-Client": "cli" } });
  }

  request(method: Verb, path: string, payload?: object) {
    return method === "get" ? this.http[method](path) : this.http[method](path, payload);
  }
}

const gateway = new Gateway("https://gateway.orbitcli.dev/rest");

const tickets = {
  open: (title: string) => gateway.request("post", "/tickets", { title }),
  show: (id: number) => gateway.request("get", `/tickets/${id}`),
  close: (id: number) => gateway.request("patch", `/tickets/${id}`, { state: "closed" }),
};

async function main() {
  const id = Number(process.argv[2] ?? 5);
  await tickets.open("broken");
  await tickets.show(id);
  await tickets.close(id);
}

main();
