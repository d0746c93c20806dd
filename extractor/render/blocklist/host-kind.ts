/** `local`: nothing sent there leaves the machine or its network. */
export type HostKind = "name" | "ipv4" | "ipv6" | "local";

const LOCAL_NAME = /(?:^|\.)(?:localhost|local|internal|lan|home\.arpa|localdomain)$/;
const LOCAL_IPV4 = /^(?:0|10|127|169\.254|172\.(?:1[6-9]|2\d|3[01])|192\.168)\./;
const LOCAL_IPV6 = /^\[(?:::1?|f[cd][\da-f]{2}:.*|fe[89ab][\da-f]:.*|::ffff:.*)\]$/;

/**
 * What a host is, as `URL.hostname` gives it; null where it can't stand in a list: characters that a file format
 * could act on, labels that DNS doesn't take. A name of one label means something in the reader's own network only.
 */
export function hostKindOf(host: string): HostKind | null {
  if (/^\d+(?:\.\d+){3}$/.test(host)) return LOCAL_IPV4.test(host) ? "local" : "ipv4";
  if (/^\[[\da-f:]+\]$/.test(host)) return LOCAL_IPV6.test(host) ? "local" : "ipv6";
  if (host.length > 253 || !host.split(".").every((label) => /^(?!-)[a-z\d_-]{1,63}(?<!-)$/.test(label))) return null;
  return LOCAL_NAME.test(host) || !host.includes(".") ? "local" : "name";
}
