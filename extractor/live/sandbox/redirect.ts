import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";

export const TABLE = "capture";
/** DNS has its own server. */
const DNS_PORT = 53;
const MAX_TARGETS = 65_535;

/** A packet's first sight: protocol by name or number, where it was to go, and the program's port. */
export interface RedirectTarget {
  protocol: string;
  address: string;
  /** Null where the protocol has none. */
  port: number | null;
  fromPort: number | null;
}

/**
 * All new connections and datagrams so far. The process that may read the filter's memory is asked, which answers once.
 * @param own folder of the pipes to it
 */
export async function seenPackets(own: string): Promise<RedirectTarget[]> {
  await writeFile(join(own, "ask"), "list\n");
  const listing = await readFile(join(own, "told"), "utf8");
  let listed: { nftables?: { set?: { elem?: unknown[] } }[] };
  try {
    listed = JSON.parse(listing);
  } catch {
    return [];
  }
  return (listed.nftables ?? []).flatMap(({ set }) => (set?.elem ?? []).map(targetOf));
}

function targetOf(element: unknown): RedirectTarget {
  const { concat } = (Object(element) as { elem?: { val?: unknown } }).elem?.val
    ? ((element as { elem: { val: { concat?: unknown[] } } }).elem.val as { concat?: unknown[] })
    : (element as { concat?: unknown[] });
  const [protocol, address, port = null, fromPort = null] = concat ?? [];
  return {
    protocol: String(protocol),
    address: String(address),
    port: port === null ? null : Number(port),
    fromPort: fromPort === null ? null : Number(fromPort),
  };
}

/**
 * The kernel's packet filter leads every port of every address but loopback's to one TCP and one UDP socket of ours,
 * and remembers where each connection was meant to go.
 */
export const packetRules = (tcpPort: number, udpPort: number): string => `
table inet ${TABLE} {
  set seen4 { type inet_proto . ipv4_addr . inet_service . inet_service; flags dynamic; size ${MAX_TARGETS}; }
  set seen6 { type inet_proto . ipv6_addr . inet_service . inet_service; flags dynamic; size ${MAX_TARGETS}; }
  set other4 { type inet_proto . ipv4_addr; flags dynamic; size ${MAX_TARGETS}; }
  set other6 { type inet_proto . ipv6_addr; flags dynamic; size ${MAX_TARGETS}; }
  chain look {
    type filter hook output priority -150;
    meta l4proto { tcp, udp } ct state new update @seen4 { meta l4proto . ip daddr . th dport . th sport }
    meta l4proto { tcp, udp } ct state new update @seen6 { meta l4proto . ip6 daddr . th dport . th sport }
    meta l4proto != { tcp, udp, icmp, ipv6-icmp } update @other4 { meta l4proto . ip daddr }
    meta l4proto != { tcp, udp, icmp, ipv6-icmp } update @other6 { meta l4proto . ip6 daddr }
    icmp type echo-request update @other4 { meta l4proto . ip daddr }
    icmpv6 type echo-request update @other6 { meta l4proto . ip6 daddr }
  }
  chain lead {
    type nat hook output priority -100;
    ip daddr 127.0.0.0/8 return
    ip6 daddr ::1 return
    th dport ${DNS_PORT} return
    meta l4proto tcp redirect to :${tcpPort}
    meta l4proto udp redirect to :${udpPort}
  }
}
`;
