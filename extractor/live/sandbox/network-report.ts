import { readFileSync } from "node:fs";
import type { LiveConnection, LiveDatagrams, LiveNetwork } from "../../model/live-run.ts";
import type { DatagramSink } from "./datagrams.ts";
import type { RedirectTarget } from "./redirect.ts";
import type { Resolver } from "./resolver.ts";

const DNS_PORT = 53;

/** The kernel's list of interfaces with what they sent. */
export function interfaces(): LiveNetwork["interfaces"] {
  return readFileSync("/proc/net/dev", "utf8")
    .split("\n")
    .flatMap((line) => {
      const [, name, rest] = /^\s*([^:\s]+):(.*)$/.exec(line) ?? [];
      if (name === undefined || rest === undefined) return [];
      const fields = rest.trim().split(/\s+/).map(Number);
      return [{ name, packets: fields[9] ?? 0, bytes: fields[8] ?? 0 }];
    });
}

/** Datagrams and other packets by where they were to go. */
export function datagramsOf(
  targets: readonly RedirectTarget[],
  sink: DatagramSink,
  resolver: Resolver,
): LiveDatagrams[] {
  const rows = new Map<string, LiveDatagrams>();
  for (const { protocol, address, port, fromPort } of targets) {
    if (isTcp(protocol) || (port === DNS_PORT && address === OWN_RESOLVER) || isLoopback(address)) continue;
    const host = resolver.nameOf(address) ?? address;
    const { datagrams, ...heard } = sink.from(fromPort);
    const kind = port === null ? "other" : port === DNS_PORT ? "dns" : heard.kind;
    const target = port === null ? `${host} (${protocol})` : `${host}:${port}`;
    const key = JSON.stringify([target, heard.process, kind]);
    const row = rows.get(key) ?? { target, process: heard.process, kind, count: 0, bytes: 0 };
    row.count += datagrams;
    row.bytes += heard.bytes;
    rows.set(key, row);
  }
  return [...rows.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
}

/** Attempts to reach services of the machine itself: the sink leaves those alone. */
export function localConnections(targets: readonly RedirectTarget[]): LiveConnection[] {
  const rows = new Map<string, LiveConnection>();
  for (const { protocol, address, port } of targets) {
    if (!isLoopback(address) || port === DNS_PORT || port === null) continue;
    const target = `${address}:${port}${isTcp(protocol) ? "" : ` (${protocol})`}`;
    const row = rows.get(target) ?? { target, process: null, kind: "local", marks: [], count: 0, bytes: 0 };
    row.count++;
    rows.set(target, row);
  }
  return [...rows.values()].sort((a, b) => (a.target < b.target ? -1 : 1));
}

const OWN_RESOLVER = "127.0.0.1";
const isLoopback = (address: string): boolean => address.startsWith("127.") || address === "::1";
const isTcp = (protocol: string): boolean => protocol === "tcp" || protocol === "6";
