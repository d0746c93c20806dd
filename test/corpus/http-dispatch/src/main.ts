import { type Http, plainHttp, type Verb } from "./http.js";

class Transport {
  constructor(private readonly http: Http) {}

  call(method: Verb, path: string, body?: unknown) {
    return this.http[method](`https://api.orbitcli.dev${path}`, body);
  }
}

class Projects {
  constructor(private readonly transport: Transport) {}

  private send(verb: Verb, suffix: string, body?: unknown) {
    return this.transport.call(verb, "/v3/projects" + suffix, body);
  }

  list() {
    return this.send("get", "");
  }
  create(name: string) {
    return this.send("post", "", { name });
  }
  rename(id: string, name: string) {
    return this.send("put", `/${id}/name`, { name });
  }
  remove(id: string) {
    return this.send("delete", `/${id}`);
  }
}

async function main() {
  const projects = new Projects(new Transport(plainHttp));
  await projects.list();
  await projects.create("a");
  await projects.rename(process.argv[2] ?? "7", "b");
  await projects.remove(process.argv[2] ?? "7");
}

main();
