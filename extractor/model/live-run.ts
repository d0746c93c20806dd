export const LIVE_RUN_SCHEMA_VERSION = 1;

/** `sealed`: a network without a way out. `proxy`: proxy variables only, direct connections are not seen. */
export type LiveMode = "sealed" | "proxy";

/** What one run of a program tried to reach. The requests themselves are in its HAR file. */
export interface LiveRun {
  schemaVersion: typeof LIVE_RUN_SCHEMA_VERSION;
  mode: LiveMode;
  /** Arguments as run, paths as the program saw them. */
  command: string[];
  /** Variables the run had set beyond the usual ones; names and, where they are switches, values. */
  environment: Record<string, string>;
  exit: LiveExit;
  milliseconds: number;
  network: LiveNetwork;
  /** Parts of the seal that were left out on request, with what that means. */
  sealedWithout: { part: string; meaning: string }[];
  /** What has no meaning for a command line tool: places where a file of ours stood, refused system calls, signals. */
  attempts: LiveAttempt[];
  /**
   * Why refused system calls, signals and connections to sockets of the machine were not counted; null where they
   * were.
   */
  callsNotCounted: string | null;
  /** Requests handed on to their real servers; null where all were answered here. */
  forwarded: number | null;
  requests: LiveRequest[];
  connections: LiveConnection[];
  /** Names that were looked up. */
  names: { name: string; types: string[]; count: number; contacted: boolean }[];
  datagrams: LiveDatagrams[];
  /** Hosts whose certificate a program refused, or may have refused. */
  trustFailures: TrustFailure[];
  /** What could not be set up, or was seen and not understood. */
  notes: string[];
  /** End of what the program printed, control characters and all: show it through `visible` only. */
  output: { stdout: string; stderr: string };
}

export interface LiveExit {
  code: number | null;
  signal: string | null;
  /** Ended by us, since its time was over. */
  timedOut: boolean;
  /** Ended by us, since somebody asked. */
  interrupted: boolean;
  /** Ended by us, since it used this much. */
  limit?: string;
}

export interface LiveAttempt {
  kind: "setting" | "kernel state" | "device" | "secret" | "system call" | "socket" | "signal" | "unix socket";
  /** The place as the program saw it, or the name of what it called. */
  target: string;
  /** A signal or a connection to nobody in the room goes nowhere. */
  how: "read" | "written" | "refused" | "sent" | "tried";
  /** Null where it is known only that it was used. */
  count: number | null;
}

/** What the kernel says about the network of the run; empty in proxy mode. */
export interface LiveNetwork {
  interfaces: { name: string; packets: number; bytes: number }[];
  /** Packets sent by interfaces other than loopback; null in proxy mode, where nobody counts them. */
  packetsOutside: number | null;
  /** Which ports end in the sinkhole; in proxy mode that of the proxy. */
  ports: "all" | number[];
}

/** Requests alike in method, URL without query, process. */
export interface LiveRequest {
  method: string;
  url: string;
  process: string | null;
  count: number;
  statuses: number[];
  /** What is unusual: `plain-http`, `ip-literal`, `dns-over-https`, `websocket`, `through-proxy`. */
  marks: string[];
}

/** Connections that carried no HTTP, alike in target, process and what they were. */
export interface LiveConnection {
  /** `name:port`, or `address:port` where no name was looked up. */
  target: string;
  process: string | null;
  kind: "raw-tcp" | "raw-tls" | "silent" | "socks" | "local" | "unix";
  marks: string[];
  count: number;
  bytes: number;
}

export interface LiveDatagrams {
  target: string;
  process: string | null;
  kind: "quic" | "dns" | "udp" | "other";
  count: number;
  bytes: number;
}

export interface TrustFailure {
  host: string;
  process: string | null;
  /** `unknown ca`, `closed in the handshake`, `TLS completed, no HTTP`. */
  reason: string;
  count: number;
  /** False where other connections of the same process to the same host carried requests: then it was a spare one. */
  explained: boolean;
}
