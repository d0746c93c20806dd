import { chmod } from "node:fs/promises";
import { createServer } from "node:net";
import { join, normalize } from "node:path";
import type { AnyHostServer } from "../server/any-host-server.ts";
import { newConnection } from "../server/connection.ts";

/** Ways around a network: services of the machine that would send for a program. */
const WELL_KNOWN = [
  "/run/docker.sock",
  "/run/podman/podman.sock",
  "/run/containerd/containerd.sock",
  "/run/dbus/system_bus_socket",
];

/** A path of a socket in a variable, with or without `unix:`. */
const SOCKET_PATH = /^(?:(?:http\+)?unix:(?:\/\/)?)?(\/[^\0\s]+\.sock(?:et)?)$/;

/**
 * Listens for where sockets of local services usually are, and where a variable of the run says that one is.
 * @param own a folder of ours; the sockets are made there
 * @returns their files, by the place the room is to have them
 */
export async function listenOnSockets(
  environment: Readonly<Record<string, string>>,
  sink: AnyHostServer,
  own: string,
): Promise<Map<string, string>> {
  const named = Object.values(environment).flatMap((value) => SOCKET_PATH.exec(value)?.[1] ?? []);
  const places = new Set([...WELL_KNOWN, ...named].map((path) => normalize(path).replace(/^\/var\/run\//, "/run/")));
  const sockets = new Map<string, string>();
  for (const place of places) {
    const server = createServer((socket) =>
      sink.accept(socket, newConnection({ address: place, port: 0, name: null, sender: null, throughProxy: false })),
    );
    const file = join(own, `socket-${sockets.size}`);
    await new Promise<void>((resolve, reject) => server.once("error", reject).listen(file, resolve));
    // whoever may write to it may connect
    await chmod(file, 0o666);
    sockets.set(place, file);
  }
  return sockets;
}
