const aliased = globalThis.fetch;
const { fetch: renamed } = globalThis;
const table = { http: fetch };

interface Options {
  fetch?: typeof fetch;
}

class Caller {
  #fetch: typeof fetch;
  constructor(options: Options = {}) {
    this.#fetch = options.fetch ?? globalThis.fetch.bind(globalThis);
  }
  call() {
    return this.#fetch("https://alias.orbitcli.dev/field");
  }
}

const logged =
  (inner: typeof fetch): typeof fetch =>
  async (input, init) => {
    console.log("request");
    return inner(input, init);
  };

async function main() {
  await aliased("https://alias.orbitcli.dev/const");
  await renamed("https://alias.orbitcli.dev/renamed", { method: "POST" });
  await table.http("https://alias.orbitcli.dev/member");
  await new Caller().call();
  await logged(fetch)("https://alias.orbitcli.dev/decorated", { method: "PUT" });
  const local = process.argv[2] ? aliased : renamed;
  await local("https://alias.orbitcli.dev/either");
  await globalThis["fetch"]?.("https://alias.orbitcli.dev/optional");
}

main();
