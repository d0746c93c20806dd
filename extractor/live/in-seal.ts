import { existsSync, readFileSync } from "node:fs";
import { createServer, type Socket } from "node:net";
import { join } from "node:path";
import type { LiveRun } from "../model/live-run.ts";
import type { InnerMessage, RunPlan } from "./plan/run-plan.ts";
import { ownFolder, SEAL_PARTS, type SealPlan } from "./plan/seal-plan.ts";
import { MOST_LISTED, saidBeyond } from "./recording/beyond.ts";
import { HarFile } from "./recording/har-file.ts";
import { Recording } from "./recording/recording.ts";
import { DatagramSink } from "./sandbox/datagrams.ts";
import { LimitWatch } from "./sandbox/limit-watch.ts";
import { datagramsOf, interfaces, localConnections } from "./sandbox/network-report.ts";
import { seenPackets } from "./sandbox/redirect.ts";
import { Resolver } from "./sandbox/resolver.ts";
import { SealedRoom } from "./sandbox/sealed-room.ts";
import { TCP_PORT, UDP_PORT } from "./sandbox/sealing-commands.ts";
import { listenOnSockets } from "./sandbox/unix-sockets.ts";
import type { AnyHostServer } from "./server/any-host-server.ts";
import { Authority } from "./server/authority.ts";
import { newConnection } from "./server/connection.ts";
import { socketOwner } from "./server/socket-owner.ts";

/** Where no packet filter helps: the ports that clients use. */
const KNOWN_PORTS = [22, 80, 443, 4317, 4318, 8080, 8443];

/**
 * The inner part of a sealed run: serves the network that the seal leads to us, furnishes the room and starts the
 * program in it. It has no rights any more but over what is in the seal, and no door besides the sink.
 */
export async function runInSeal(
  plan: RunPlan & { seal: SealPlan },
  har: number,
  say: (message: InnerMessage) => unknown,
  onStop: (stop: () => void) => void,
): Promise<LiveRun> {
  process.umask(0o022);
  const { seal } = plan;
  const own = ownFolder(seal.ground);
  const authority = await Authority.create();
  const resolver = new Resolver(MOST_LISTED);
  await resolver.listen();
  const recording = new Recording(plan, authority, new HarFile(har), (requests, detail) =>
    say({ type: "progress", requests, detail }),
  );
  const datagrams = new DatagramSink();
  await Promise.all([listen(recording.sink, resolver, TCP_PORT), datagrams.listen(UDP_PORT)]);
  const noFilter = textOf(join(own, "no-filter"));
  const notes = [...seal.notes];
  if (noFilter !== null) {
    notes.push(`only the ports ${KNOWN_PORTS.join(", ")} are served: ${noFilter}`);
    await Promise.all(KNOWN_PORTS.map((known) => listen(recording.sink, resolver, known)));
  }
  const noIpv6 = textOf(join(own, "no-ipv6"));
  if (noIpv6 !== null) notes.push(`no IPv6: ${noIpv6}`);
  const sockets = await listenOnSockets(plan.environment, recording.sink, own);
  const room = new SealedRoom(plan, seal, authority.pem, sockets);
  const watch = seal.without.includes("limits")
    ? null
    : new LimitWatch((line) => recording.exceed(line), seal.group?.events ?? null);
  onStop(() => recording.interrupt());
  return recording.run("sealed", room, async () => {
    watch?.end();
    const targets = noFilter === null ? await seenPackets(own) : [];
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
        ports: noFilter === null ? "all" : KNOWN_PORTS,
      },
      sealedWithout: seal.without.map((part) => ({ part, meaning: SEAL_PARTS[part] })),
      attempts: room.attempts(),
      callsNotCounted: seal.callsNotHeard,
      names: resolver.asked().map((asked) => ({ ...asked, contacted: contacted.has(asked.name) })),
      datagrams: heard,
      connections: localConnections(targets),
      notes: [...notes, ...saidBeyond("questions for names", resolver.beyond)],
    };
  });
}

/** First line of a file that a step of building left behind because it failed; null where it didn't. */
function textOf(path: string): string | null {
  return existsSync(path) ? (readFileSync(path, "utf8").trim().split("\n")[0] ?? "") : null;
}

async function listen(sink: AnyHostServer, resolver: Resolver, port: number): Promise<void> {
  const server = createServer((socket) => accept(sink, resolver, socket));
  // a kernel without IPv6 has no such addresses
  const all = existsSync("/proc/net/if_inet6") ? "::" : "0.0.0.0";
  await new Promise<void>((resolve, reject) => server.once("error", reject).listen(port, all, resolve));
}

function accept(sink: AnyHostServer, resolver: Resolver, socket: Socket): void {
  const { destination, sender } = socketOwner("tcp", socket.remotePort ?? 0);
  const { address, port } = destination ?? {
    address: (socket.localAddress ?? "").replace(/^::ffff:/, ""),
    port: socket.localPort ?? 0,
  };
  sink.accept(socket, newConnection({ address, port, name: resolver.nameOf(address), sender, throughProxy: false }));
}
