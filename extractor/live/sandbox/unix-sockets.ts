import { mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname } from "node:path";
import type { Sink } from "../server/any-host-server.ts";
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
 * Listens where sockets of local services usually are, and where a variable of the run says that one is.
 * @returns what could not be done
 */
export async function listenOnSockets(environment: Readonly<Record<string, string>>, sink: Sink): Promise<string[]> {
  const named = Object.values(environment).flatMap((value) => SOCKET_PATH.exec(value)?.[1] ?? []);
  const notes: string[] = [];
  for (const path of new Set([...WELL_KNOWN, ...named])) {
    const server = createServer((socket) =>
      sink.accept(socket, newConnection({ address: path, port: 0, name: null, sender: null, throughProxy: false })),
    );
    try {
      await mkdir(dirname(path), { recursive: true });
      await new Promise<void>((resolve, reject) => server.once("error", reject).listen(path, resolve));
    } catch (error) {
      notes.push(`no socket at ${path}: ${(error as NodeJS.ErrnoException).code}`);
    }
  }
  return notes;
}
