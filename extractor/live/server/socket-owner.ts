import { readdirSync, readFileSync, readlinkSync } from "node:fs";
import { basename } from "node:path";

/** A process that sent something. */
export interface SendingProcess {
  pid: number;
  /** What it calls itself: `git-remote-https`, `npm`, `node`. */
  name: string;
}

/** The other end of a connection, as the kernel's tables show it. */
export interface SocketOwner {
  /** Where the program wanted to go, before any redirect. */
  destination: { address: string; port: number } | null;
  sender: SendingProcess | null;
}

const NOBODY: SocketOwner = { destination: null, sender: null };

/**
 * Who holds the socket with this local port, and where it leads. Both are null where the kernel doesn't tell (or
 * isn't Linux).
 */
export function socketOwner(protocol: "tcp" | "udp", localPort: number): SocketOwner {
  for (const table of [protocol, `${protocol}6`]) {
    const row = findRow(table, localPort);
    if (row !== null) return { destination: row.destination, sender: holderOf(row.inode) };
  }
  return NOBODY;
}

function findRow(table: string, localPort: number) {
  let text: string;
  try {
    text = readFileSync(`/proc/net/${table}`, "latin1");
  } catch {
    return null;
  }
  const wanted = `:${localPort.toString(16).toUpperCase().padStart(4, "0")}`;
  for (const line of text.split("\n").slice(1)) {
    const [, local = "", remote = "", , , , , , , inode = ""] = line.trim().split(/\s+/);
    if (!local.endsWith(wanted) || inode === "0") continue;
    const at = remote.indexOf(":");
    const port = Number.parseInt(remote.slice(at + 1), 16);
    return { inode, destination: port > 0 ? { address: addressOf(remote.slice(0, at)), port } : null };
  }
  return null;
}

/** The kernel prints words of 32 bits in the byte order of the machine, which is little-endian wherever Node runs. */
function addressOf(hex: string): string {
  const bytes = Buffer.from(hex, "hex");
  for (let i = 0; i < bytes.length; i += 4) bytes.subarray(i, i + 4).reverse();
  if (bytes.length === 4) return [...bytes].join(".");
  if (bytes.subarray(0, 12).toString("hex") === "00000000000000000000ffff") return [...bytes.subarray(12)].join(".");
  const groups = Array.from({ length: 8 }, (_, i) => bytes.readUInt16BE(2 * i).toString(16));
  return new URL(`http://[${groups.join(":")}]/`).hostname.slice(1, -1);
}

/** Who held the socket asked for last: mostly it is the same process again. */
let lastHolder = "";

function holderOf(inode: string): SendingProcess | null {
  const wanted = `socket:[${inode}]`;
  const isHolder = (pid: string) => /^\d+$/.test(pid) && Number(pid) !== process.pid && holds(pid, wanted);
  const pid = isHolder(lastHolder) ? lastHolder : listing("/proc").find(isHolder);
  if (pid === undefined) return null;
  lastHolder = pid;
  return { pid: Number(pid), name: nameOf(pid) };
}

/** Newest descriptors first: it has just been opened. */
const holds = (pid: string, wanted: string): boolean =>
  listing(`/proc/${pid}/fd`)
    .reverse()
    .some((fd) => linkOf(`/proc/${pid}/fd/${fd}`) === wanted);

/** By its first argument, which is what a program says of itself; by its file where there is none. */
function nameOf(pid: string): string {
  try {
    const [first = ""] = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    const said = basename(first.split(" ")[0] ?? "");
    return said || readFileSync(`/proc/${pid}/comm`, "utf8").trim();
  } catch {
    return "ended";
  }
}

function listing(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function linkOf(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return "";
  }
}
