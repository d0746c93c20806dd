import { spawnSync } from "node:child_process";
import { existsSync, openSync, readFileSync, statSync } from "node:fs";
import { release } from "node:os";
import type { LiveAttempt } from "../../model/live-run.ts";
import { LOAD, WATCH } from "./listener-scripts.ts";
import { type Architecture, EXAMINED, LISTENING, REFUSED, SIGNALLING, WATCHED } from "./system-calls.ts";

const PERL = "/usr/bin/perl";
/** Before it a listener couldn't let a call go on. */
const LEAST_KERNEL = [5, 5] as const;
const ACTIONS = "/proc/sys/kernel/seccomp/actions_avail";

/** Of sockets that a program has no use for (linux/socket.h); those of IP are refused as raw ones alone. */
const FAMILIES: Readonly<Record<string, string>> = {
  "2": "raw IPv4",
  "10": "raw IPv6",
  "16": "AF_NETLINK",
  "17": "AF_PACKET",
  "29": "AF_CAN",
  "30": "AF_TIPC",
  "31": "AF_BLUETOOTH",
  "38": "AF_ALG",
  "40": "AF_VSOCK",
  "44": "AF_XDP",
};

/**
 * Why refused calls can't be heard of here; null where they can.
 * @param environment of the program, which the room's loader has as well
 */
export function whyNotHeard(environment: Readonly<Record<string, string>>): string | null {
  if (!existsSync(PERL) || statSync(PERL).uid !== 0) return "there is no /usr/bin/perl";
  const [major = 0, minor = 0] = release().split(".").map(Number);
  if (major < LEAST_KERNEL[0] || (major === LEAST_KERNEL[0] && minor < LEAST_KERNEL[1])) return `Linux ${release()}`;
  if (!existsSync(ACTIONS) || !readFileSync(ACTIONS, "utf8").includes("user_notif"))
    return "the kernel has no listeners";
  const own = Object.keys(environment).find((name) => name.startsWith("PERL"));
  if (own !== undefined) return `${own} is set, which Perl reads`;
  return spawnSync(PERL, ["-MSocket", "-e", "0"]).status === 0 ? null : "Perl lacks its module Socket";
}

/** Calls that the filter refused, and signals and connections to nobody in the room, as the listener notes them. */
export class HeardCalls {
  /** Of the file of notes, for the watching process. */
  readonly descriptor: number;
  readonly #file: string;
  readonly #architecture: Architecture;

  /** @param file of ours, for the notes; made here */
  constructor(file: string, architecture: Architecture) {
    this.#file = file;
    this.#architecture = architecture;
    this.descriptor = openSync(file, "w+", 0o600);
  }

  /** @param notes the number that the descriptor of the notes has there */
  watch(notes: number, command: string[]): string[] {
    const { connect, pidfd_open, pidfd_send_signal } = WATCHED;
    const numbers = [LISTENING.recvmsg, connect, EXAMINED.socket, EXAMINED.socketpair, pidfd_open, pidfd_send_signal];
    const signalling = Object.entries(SIGNALLING).map(([name, row]) => `${row.numbers[this.#architecture]}:${name}`);
    const words = [`${notes}`, ...numbers.map((row) => `${row[this.#architecture]}`), signalling.join()];
    return [PERL, "-e", WATCH, ...words, ...command];
  }

  /** @param filter the number of its descriptor in the room */
  load(filter: number, command: string[]): string[] {
    const numbers = [LISTENING.seccomp, LISTENING.sendmsg].map((row) => `${row[this.#architecture]}`);
    return [PERL, "-e", LOAD, ...numbers, `${filter}`, "{listener}", ...command];
  }

  attempts(): LiveAttempt[] {
    const rows = readFileSync(this.#file, "latin1").split("\n").slice(0, -1);
    return rows.map((row) => {
      const [count = "", kind = "", ...what] = row.split("\t");
      return { ...this.#described(kind, what), count: Number(count) };
    });
  }

  #described(kind: string, [what = "", by = ""]: string[]): Omit<LiveAttempt, "count"> {
    if (kind === "signal") return { kind: "signal", target: addressee(what, by), how: "sent" };
    if (kind === "handle") return { kind: "signal", target: addressee(what, "pidfd_open"), how: "tried" };
    if (kind === "unix") return { kind: "unix socket", target: what, how: "tried" };
    if (kind === "socket") return { kind: "socket", target: FAMILIES[what] ?? `family ${what}`, how: "refused" };
    const names = Object.entries({ ...REFUSED, ...EXAMINED });
    const name = names.find(([, numbers]) => `${numbers[this.#architecture]}` === what)?.[0];
    return { kind: "system call", target: name ?? "others, too many kinds to list", how: "refused" };
  }
}

function addressee(number: string, call: string): string {
  const how = call === "kill" ? "" : ` (${call})`;
  if (number === "") return `a process by its descriptor${how}`;
  return number === "-1" ? `every process${how}` : `process ${number}${how}`;
}
