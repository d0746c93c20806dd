type Send = (url: string, options: { method?: string }) => Promise<unknown>;
type Middleware = (next: Send) => Send;

const through =
  (middlewares: readonly Middleware[]) =>
  (send: Send): Send =>
    middlewares.reduceRight((next, wrap) => wrap(next), send);

const request = {
  address: "",
  settings: {} as { method?: string },
  middlewares: [] as Middleware[],
  url(more: string) {
    const query = this.address.indexOf("?");
    const address =
      query > -1 ? this.address.slice(0, query) + more + this.address.slice(query) : this.address + more;
    return { ...this, address };
  },
  options(more: { method?: string }) {
    return { ...this, settings: { ...this.settings, ...more } };
  },
  send(method: string, url = "") {
    const { address, settings, middlewares } = this.url(url).options({ method });
    return through(middlewares)((to, how) => fetch(to, how))(address, settings);
  },
  get(url = "") {
    return this.send("GET", url);
  },
  remove(url = "") {
    return this.send("DELETE", url);
  },
};

const client = (address: string) => ({ ...request, address });

async function main() {
  const api = client("https://copies.orbitcli.dev");
  await api.get("/one");
  await api.url("/two").remove();
  await api.url("/three").url("/four").get("/five");
  await client("https://other-copies.orbitcli.dev/six").get();
}

main();
