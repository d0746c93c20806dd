import { createServer, Socket } from "node:net";
import { createInterface } from "node:readline";
import { ExtractorError } from "../errors.ts";
import { runBehindProxy } from "./behind-proxy.ts";
import type { InnerMessage, RunPlan } from "./plan/run-plan.ts";
import { HarFile } from "./recording/har-file.ts";
import { Recording } from "./recording/recording.ts";
import { DatagramSink } from "./sandbox/datagrams.ts";
import { datagramsOf, interfaces, localConnections } from "./sandbox/network-report.ts";
import { Redirect } from "./sandbox/redirect.ts";
import { Resolver } from "./sandbox/resolver.ts";
import { sealRoom } from "./sandbox/sealed-sandbox.ts";
import { listenOnSockets } from "./sandbox/unix-sockets.ts";
import type { Sink } from "./server/any-host-server.ts";
import { Authority } from "./server/authority.ts";
import { newConnection } from "./server/connection.ts";
import { socketOwner } from "./server/socket-owner.ts";

/** Descriptors this process is started with. */
export const TALK = 3;
export const HAR = 4;

/** Where no packet filter helps: the ports that clients use. */
const KNOWN_PORTS = [22, 80, 443, 4317, 4318, 8080, 8443];

/** The part of a run beside the program, in a sealed run inside its namespaces: reads the plan from stdin, tells what happens on descriptor 3, ends with stdin. */
export async function runInside(): Promise<void> {
  const talk = new Socket({ fd: TALK });
  const say = (message: InnerMessage) =>
    new Promise<void>((resolve) => talk.write(`${JSON.stringify(message)}\n`, () => resolve()));
  const lines = createInterface({ input: process.stdin });
  const commands = lines[Symbol.asyncIterator]();
  // Whoever started us is gone, or wants us to be: everything in here ends with this process, the first of its namespace.
  lines.once("close", () => process.exit(1));
  try {
    await say({ type: "started" });
    const plan = JSON.parse((await commands.next()).value as string) as RunPlan;
    const onStop = (stop: () => void) => void commands.next().then(({ done }) => done || stop());
    const { folder } = plan;
    const run =
      folder === undefined
        ? await sealedRun(plan, say, onStop)
        : await runBehindProxy({ ...plan, folder }, HAR, say, onStop);
    await say({ type: "done", run });
    process.exit(0);
  } catch (error) {
    const failure = error instanceof Error ? error : new Error(String(error));
    const hint = failure instanceof ExtractorError ? failure.hint : undefined;
    await say({ type: "failed", message: failure.message, ...(hint === undefined ? {} : { hint }) });
    process.exit(1);
  }
}

async function sealedRun(plan: RunPlan, say: (message: InnerMessage) => unknown, onStop: (stop: () => void) => void) {
  const har = new HarFile(HAR);
  const authority = await Authority.create();
  const room = sealRoom(plan, authority.pem);
  const resolver = new Resolver();
  await resolver.listen();
  const recording = new Recording(plan, authority, har, (requests, detail) =>
    say({ type: "progress", requests, detail }),
  );
  const datagrams = new DatagramSink();
  const [port, udpPort] = await Promise.all([listen(recording.sink, resolver, 0), datagrams.listen()]);
  const redirect = Redirect.install(port, udpPort);
  const notes: string[] = [];
  if (typeof redirect === "string") {
    notes.push(`only the ports ${KNOWN_PORTS.join(", ")} are served: ${redirect}`);
    await Promise.all(KNOWN_PORTS.map((known) => listen(recording.sink, resolver, known)));
  }
  notes.push(...(await listenOnSockets(plan.environment, recording.sink)));
  onStop(() => recording.interrupt());
  return recording.run("sealed", room, () => {
    const targets = typeof redirect === "string" ? [] : redirect.targets();
    const listed = interfaces();
    const heard = datagramsOf(targets, datagrams, resolver);
    const contacted = new Set([
      ...recording.sink.connections.map(({ name }) => name),
      ...heard.map(({ target }) => target.replace(/:\d+$/, "")),
    ]);
    return {
      network: {
        interfaces: listed,
        packetsOutside: listed.reduce((sum, { name, packets }) => sum + (name === "lo" ? 0 : packets), 0),
        ports: typeof redirect === "string" ? KNOWN_PORTS : "all",
      },
      names: resolver.asked().map((asked) => ({ ...asked, contacted: contacted.has(asked.name) })),
      datagrams: heard,
      connections: localConnections(targets),
      notes,
    };
  });
}

/** The port it listens on. */
async function listen(sink: Sink, resolver: Resolver, port: number): Promise<number> {
  const server = createServer((socket) => accept(sink, resolver, socket));
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, "::", resolve));
  return (server.address() as { port: number }).port;
}

function accept(sink: Sink, resolver: Resolver, socket: Socket): void {
  const { destination, sender } = socketOwner("tcp", socket.remotePort ?? 0);
  const { address, port } = destination ?? {
    address: (socket.localAddress ?? "").replace(/^::ffff:/, ""),
    port: socket.localPort ?? 0,
  };
  sink.accept(socket, newConnection({ address, port, name: resolver.nameOf(address), sender, throughProxy: false }));
}
