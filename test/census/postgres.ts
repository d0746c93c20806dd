import { execFile } from "node:child_process";
import { chmod, chown, mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** PostgreSQL refuses to be root's: an id that owns nothing else. */
const NOBODY = 65_534;
/** Where Debian keeps it, a folder for each version. */
const DEBIAN = "/usr/lib/postgresql";

/** A server of our own, in a folder of its own, which nobody reaches but by a socket in it. */
export class Postgres {
  readonly #folder: string;
  readonly #programs: string;

  private constructor(folder: string, programs: string) {
    this.#folder = folder;
    this.#programs = programs;
  }

  static async start(): Promise<Postgres> {
    const [version] = (await readdir(DEBIAN)).sort().reverse();
    const folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-postgres-"));
    if (process.getuid?.() === 0) await chown(folder, NOBODY, NOBODY);
    // of a run of root's, root is who asks
    await chmod(folder, 0o755);
    const server = new Postgres(folder, join(DEBIAN, version!, "bin"));
    await server.#run("initdb", "--auth=trust", "--username=census", "--no-sync");
    const options = `-c listen_addresses='' -c fsync=off -k ${folder}`;
    await server.#run("pg_ctl", "start", "--wait", "--log", join(folder, "log"), "-o", options);
    return server;
  }

  get address(): string {
    return `postgres://census@localhost/postgres?host=${encodeURIComponent(this.#folder)}`;
  }

  async stop(): Promise<void> {
    await this.#run("pg_ctl", "stop", "--mode=immediate");
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #run(program: string, ...words: string[]): Promise<void> {
    const own = process.getuid?.() === 0 ? { uid: NOBODY, gid: NOBODY } : {};
    await run(join(this.#programs, program), [...words, "--pgdata", join(this.#folder, "data")], {
      ...own,
      cwd: this.#folder,
    });
  }
}
