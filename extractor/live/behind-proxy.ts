import { mkdirSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { delimiter, dirname, join } from "node:path";
import type { LiveRun } from "../model/live-run.ts";
import type { InnerMessage, OwnPlace, RunPlan } from "./plan/run-plan.ts";
import { HarFile } from "./recording/har-file.ts";
import { Recording } from "./recording/recording.ts";
import { furnish } from "./sandbox/furnish.ts";
import type { Room } from "./sandbox/sandbox.ts";
import { fullBundle, namedAuthorities, trustVariables } from "./sandbox/trust.ts";
import { Authority } from "./server/authority.ts";
import { newConnection } from "./server/connection.ts";
import { OWN_NAME } from "./server/forwarding.ts";
import { socketOwner } from "./server/socket-owner.ts";

/** What a system can't do without; nothing of the person's. */
const SYSTEM_VARIABLES = ["SystemRoot", "ComSpec", "PATHEXT"];
/** Servers that the program starts for itself are not asked through us. */
const OWN_MACHINE = "localhost,127.0.0.1,::1";

/**
 * The inner part of a run in proxy mode: the program is told of a proxy and a certificate authority, and whatever it
 * sends past the proxy is not seen.
 */
export async function runBehindProxy(
  plan: RunPlan & { folder: string },
  har: number,
  say: (message: InnerMessage) => unknown,
  onStop: (stop: () => void) => void,
): Promise<LiveRun> {
  const authority = await Authority.create();
  const recording = new Recording(plan, authority, new HarFile(har), (requests, detail) =>
    say({ type: "progress", requests, detail }),
  );
  // Also where the outer part is gone, and with it whoever would do this.
  process.on("exit", () => {
    recording.end();
    rmSync(plan.folder, { recursive: true, force: true, maxRetries: 5 });
  });
  const server = createServer((socket) => {
    const { sender } = socketOwner("tcp", socket.remotePort ?? 0);
    const address = socket.localAddress ?? "127.0.0.1";
    recording.sink.accept(
      socket,
      newConnection({ address, port: socket.localPort ?? 0, name: OWN_NAME, sender, throughProxy: true }),
    );
  });
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as { port: number };
  onStop(() => recording.interrupt());
  return recording.run(
    "proxy",
    plan.own === null
      ? roomFor(plan, authority.pem, `http://127.0.0.1:${port}`)
      : ownRoom(plan, plan.own, authority.pem, `http://127.0.0.1:${port}`),
    async () => ({
      network: { interfaces: [], packetsOutside: null, ports: [port] },
      sealedWithout: [],
      attempts: [],
      callsNotCounted: "nothing is refused",
      names: [],
      datagrams: [],
      connections: [],
      notes: ["what the program sent past the proxy, directly, went out and was not seen"],
    }),
    (pid) => say({ type: "program", pid }),
  );
}

/** Files that make programs trust us, and the variables that name them. */
function trustIn(folder: string, authority: string): Record<string, string> {
  const [authorityFile, bundleFile] = [join(folder, "authority.pem"), join(folder, "bundle.pem")];
  writeFileSync(authorityFile, authority);
  writeFileSync(bundleFile, fullBundle(authority));
  return trustVariables(authorityFile, bundleFile);
}

/** A person's own folders and variables, with the proxy and whom to trust added. */
function ownRoom(plan: RunPlan & { folder: string }, own: OwnPlace, authority: string, proxy: string): Room {
  const trusted = `${authority}\n${namedAuthorities(own.environment)}`;
  return {
    home: own.home,
    project: own.project,
    launch: startedIn(own.project),
    packageFolder: plan.packageFolder,
    node: plan.node,
    environment: { ...own.environment, ...trustIn(plan.folder, trusted), ...proxyVariables(proxy) },
    notes: [],
  };
}

function roomFor(plan: RunPlan & { folder: string }, authority: string, proxy: string): Room {
  const temporary = join(plan.folder, "tmp");
  mkdirSync(temporary);
  const own = {
    PATH: [dirname(plan.node), process.env.PATH ?? ""].join(delimiter),
    LANG: "C.UTF-8",
    TERM: "xterm-256color",
    SHELL: "/bin/sh",
    USER: "dev",
    LOGNAME: "dev",
    TMPDIR: temporary,
    TEMP: temporary,
    ...trustIn(plan.folder, authority),
  };
  const { home, project, notes } = furnish(plan.folder, plan.files, own);
  return {
    home,
    project,
    launch: startedIn(project),
    packageFolder: plan.packageFolder,
    node: plan.node,
    environment: { ...inherited(), ...own, USERPROFILE: home, ...proxyVariables(proxy) },
    notes,
  };
}

const startedIn =
  (cwd: string): Room["launch"] =>
  (command, environment) => ({ command, cwd, environment, descriptors: [], below: null });

const inherited = (): Record<string, string> =>
  Object.fromEntries(SYSTEM_VARIABLES.flatMap((name) => (process.env[name] ? [[name, process.env[name]]] : [])));

/** In both spellings, since programs read one or the other. */
function proxyVariables(proxy: string): Record<string, string> {
  const names = { HTTP_PROXY: proxy, HTTPS_PROXY: proxy, ALL_PROXY: proxy, NO_PROXY: OWN_MACHINE };
  const lower = Object.fromEntries(Object.entries(names).map(([name, value]) => [name.toLowerCase(), value]));
  return { ...names, ...lower, NODE_USE_ENV_PROXY: "1" };
}
