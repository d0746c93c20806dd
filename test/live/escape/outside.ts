import { type ChildProcess, spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createSocket } from "node:dgram";
import { once } from "node:events";
import {
  chmodSync,
  chownSync,
  closeSync,
  existsSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { createServer, type Server } from "node:net";
import { hostname, networkInterfaces } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const ATTACKER = fileURLToPath(new URL("./attacker", import.meta.url));
const CORE_PATTERN = "/proc/sys/kernel/core_pattern";
/** A time bomb of the attacker goes off after three seconds. */
const BOMB_MS = 4000;

/** What a program that tries to get out may find, and what shows that it did. */
export class Outside {
  readonly token = `t${randomBytes(8).toString("hex")}`;
  readonly folder: string;
  readonly home: string;
  readonly har: string;
  /** The attacker, as a package of the person's. */
  readonly attacker: string;
  readonly #user: number;
  readonly #heard: string[] = [];
  readonly #servers: { close(): void }[] = [];
  readonly #corePattern = readFileSync(CORE_PATTERN, "utf8");
  #victim: ChildProcess | null = null;
  #facts: Record<string, unknown> = {};
  #extra = -1;

  private constructor(folder: string, user: number) {
    this.#user = user;
    this.folder = folder;
    this.home = join(folder, "home");
    this.har = join(folder, "home", "recording", "capture.har");
    this.attacker = join(folder, "attacker");
  }

  /** @param user who runs the program, and whose everything is */
  static async make(folder: string, user: number): Promise<Outside> {
    const outside = new Outside(folder, user);
    await outside.#furnish();
    return outside;
  }

  /** Variables of a run; the attacker is told in one of them what to look for. */
  environment(sealed: boolean): NodeJS.ProcessEnv {
    return { ...process.env, HOME: this.home, [String(this.#facts.variable)]: this.token, ESCAPE: this.facts(sealed) };
  }

  facts(sealed: boolean): string {
    return JSON.stringify({ ...this.#facts, sealed });
  }

  /** The process that is there to be signalled, by its number. */
  get victim(): number {
    return this.#victim?.pid ?? -1;
  }

  /** Of a file of the person's; to be left open for the run. */
  get descriptor(): number {
    return this.#extra;
  }

  /** Signs that it got out, besides what it says itself; told when time bombs have gone off. */
  async signs(): Promise<string[]> {
    await new Promise((resolve) => setTimeout(resolve, BOMB_MS));
    const planted = [
      ...["planted", "through-a-link", "bomb"].map((name) => join(this.home, name)),
      ...[join("/tmp", "planted"), `/dev/shm/${this.token}`, `/usr/bin/${this.token}`],
      join(this.attacker, this.token),
    ].filter((path) => existsSync(path) && readFileSync(path, "utf8").includes(this.token));
    return [
      ...new Set([
        ...planted.map(
          (path) =>
            `file ${path.replace(this.home, "HOME").replace(this.attacker, "PACKAGE").replace(this.token, "TOKEN")}`,
        ),
        ...this.#heard.map((words) => `heard ${words}`),
        ...(readFileSync(CORE_PATTERN, "utf8") === this.#corePattern ? [] : ["core_pattern"]),
        ...(this.#victim?.exitCode === null ? [] : ["victim ended"]),
        ...(lstatSync(this.har).isSymbolicLink() ? ["recording is a link"] : []),
      ]),
    ].sort();
  }

  close(): void {
    for (const server of this.#servers) server.close();
    this.#victim?.kill("SIGKILL");
    closeSync(this.#extra);
    if (readFileSync(CORE_PATTERN, "utf8") !== this.#corePattern) writeFileSync(CORE_PATTERN, this.#corePattern);
    for (const path of ["/tmp/planted", `/dev/shm/${this.token}`, `/usr/bin/${this.token}`, this.#shm])
      rmSync(path, { force: true });
  }

  get #shm(): string {
    return `/dev/shm/${this.token}.socket`;
  }

  async #furnish(): Promise<void> {
    const recording = join(this.home, "recording");
    mkdirSync(recording, { recursive: true });
    mkdirSync(this.attacker);
    for (const name of readdirSync(ATTACKER))
      writeFileSync(join(this.attacker, name), readFileSync(join(ATTACKER, name)));
    const [secret, open] = [join(this.home, "secret"), join(this.attacker, "..", "open")];
    writeFileSync(secret, this.token, { mode: 0o600 });
    writeFileSync(open, this.token, { mode: 0o644 });
    writeFileSync(join(this.home, "marker"), "");
    for (const path of [this.home, secret, open, recording, this.attacker, join(this.home, "marker")]) this.#give(path);
    chmodSync(this.home, 0o700);
    writeFileSync(this.har, "{}");
    this.#give(this.har);
    this.#extra = openSync(secret, "r");
    const socket = join(this.home, "socket");
    await Promise.all([this.#listen(socket), this.#listen(this.#shm), this.#listen(`\0${this.token}`)]);
    for (const path of [socket, this.#shm]) chmodSync(path, 0o777);
    const [port, port6] = await Promise.all([
      this.#listen({ port: 0, host: "0.0.0.0" }),
      this.#listen({ port: 0, host: "::1" }),
    ]);
    const victim = spawn(process.execPath, ["-e", 'setInterval(() => {}, 1e6); console.log("here")', this.token], {
      cwd: this.home,
      env: { VICTIM: this.token },
      stdio: [this.#extra, "pipe", "ignore"],
      ...(this.#user === process.getuid!() ? {} : { uid: this.#user, gid: this.#user }),
    });
    this.#victim = victim;
    await once(victim.stdout!, "data");
    const victimProgram = join(this.home, "program");
    writeFileSync(victimProgram, "", { mode: 0o755 });
    this.#give(victimProgram);
    this.#facts = {
      token: this.token,
      secret,
      open,
      home: this.home,
      temporary: "/tmp",
      users: readFileSync("/etc/passwd", "utf8")
        .split("\n")
        .find((line) => !/^(root|dev|nobody):/.test(line)),
      passwords: process.getuid!() === 0 ? readFileSync("/etc/shadow", "utf8").split("\n")[0] : "root:",
      variable: "ESCAPE_VARIABLE",
      hostname: hostname(),
      har: this.har,
      folder: recording,
      socket,
      shmSocket: this.#shm,
      abstract: this.token,
      port,
      port6,
      address: ownAddress(),
      udpPort: await this.#hear(),
      victim: victim.pid,
      victimWord: this.token,
      victimProgram,
      outer: process.pid,
      outerWord: readFileSync("/proc/self/cmdline", "utf8").slice(0, 200),
    };
  }

  #give(path: string): void {
    if (this.#user !== process.getuid!()) chownSync(path, this.#user, this.#user);
  }

  async #listen(where: string | { port: number; host: string }): Promise<number> {
    const server: Server = createServer((socket) => {
      socket.on("error", () => undefined);
      socket.setEncoding("utf8").on("data", (text: string) => this.#note(text));
    });
    this.#servers.push(server);
    server.listen(where);
    await once(server, "listening");
    return (server.address() as { port?: number }).port ?? 0;
  }

  async #hear(): Promise<number> {
    const socket = createSocket("udp4");
    this.#servers.push(socket);
    socket.on("message", (bytes) => this.#note(String(bytes)));
    socket.bind(0, "0.0.0.0");
    await once(socket, "listening");
    return socket.address().port;
  }

  #note(text: string): void {
    for (const line of text.split("\n"))
      if (line.startsWith(this.token)) this.#heard.push(line.slice(this.token.length + 1));
  }
}

/** An address that others know this machine by; loopback where it has no other. */
const ownAddress = (): string =>
  Object.values(networkInterfaces())
    .flatMap((addresses) => addresses ?? [])
    .find(({ family, internal }) => family === "IPv4" && !internal)?.address ?? "127.0.0.3";
