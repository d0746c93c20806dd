import { type ChildProcessWithoutNullStreams, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readlinkSync, writeFileSync } from "node:fs";
import { ExtractorError } from "../../errors.ts";

/**
 * Kernel ids that no account of a machine has: from the last of those that systemd sets aside for containers. The
 * sealing process is the first, the program the second.
 */
const FIRST_ID = 1_879_048_188;
/** How the program sees itself. */
export const PROGRAM_ID = 1000;

/**
 * Two user namespaces, one in the other. In the outer one the seal is built: its root has rights over the seal and
 * none over the machine. The inner one belongs to it and knows one id, the program's, so that nothing in there is
 * root's anywhere.
 */
export interface Identities {
  /** Descriptors of the namespaces. */
  seal: number;
  program: number;
  /** Words that put a command into the namespace on the descriptor of that number. */
  enterSeal(descriptor: number): string[];
  enterProgram(descriptor: number): string[];
  /** Who the sealing process is, as whoever builds the room for it sees it. */
  owner: number;
}

/**
 * @param own false: the program is the person who runs us, in a namespace; ids of its own need root
 * @throws ExtractorError `rights` where the kernel permits no such namespaces
 */
export async function makeIdentities(own: boolean): Promise<Identities> {
  const setId = (id: number) => (own ? ["--setuid", `${id}`, "--setgid", `${id}`] : ["--preserve-credentials"]);
  const enter = (id: number) => (descriptor: number) => [
    "nsenter",
    `--user=/proc/self/fd/${descriptor}`,
    ...setId(id),
    "--",
  ];
  const [enterSeal, enterProgram] = [enter(0), enter(PROGRAM_ID)];
  const holders: ChildProcessWithoutNullStreams[] = [];
  const opened: number[] = [];
  try {
    const outer = await holder(["unshare", "--user", ...(own ? [] : ["--map-root-user"]), "cat"], []);
    holders.push(outer);
    if (own) {
      for (const map of ["uid_map", "gid_map"]) writeMap(`/proc/${outer.pid}/${map}`, `0 ${FIRST_ID} 2`);
    }
    const seal = openSync(`/proc/${outer.pid}/ns/user`, "r");
    opened.push(seal);
    const inner = await holder([...enterSeal(3), "unshare", "--user", "cat"], [seal]);
    holders.push(inner);
    const map = `${PROGRAM_ID} ${own ? 1 : 0} 1`;
    const lines = `${own ? "" : 'echo deny >"$1/setgroups" && '}echo ${map} >"$1/uid_map" && echo ${map} >"$1/gid_map"`;
    const words = [...enterSeal(3), "sh", "-c", lines, "sh", `/proc/${inner.pid}`];
    const { status, stderr } = spawnSync(words[0]!, words.slice(1), {
      stdio: ["ignore", "ignore", "pipe", seal],
      encoding: "utf8",
    });
    if (status !== 0) throw noNamespaces(stderr);
    const program = openSync(`/proc/${inner.pid}/ns/user`, "r");
    return { seal, program, enterSeal, enterProgram, owner: own ? FIRST_ID : 0 };
  } catch (error) {
    for (const descriptor of opened) closeSync(descriptor);
    throw error;
  } finally {
    for (const one of holders) one.kill("SIGKILL");
  }
}

/** A process that keeps a namespace until we have it open, and ends with us. */
async function holder(command: string[], descriptors: number[]): Promise<ChildProcessWithoutNullStreams> {
  const [program = "", ...args] = command;
  const child = spawn(program, args, { stdio: ["pipe", "pipe", "pipe", ...descriptors] });
  const held = child as ChildProcessWithoutNullStreams;
  held.stdin.on("error", () => undefined);
  let complaint = "";
  held.stderr.setEncoding("utf8").on("data", (text: string) => {
    complaint += text;
  });
  const closed = new Promise<null>((resolve, reject) => {
    held.once("close", () => resolve(null));
    held.once("error", (cause) => reject(missingProgram(cause, program)));
  });
  held.stdin.write("here\n");
  // said by the program after `unshare`, that is from within
  const answer = await Promise.race([once(held.stdout, "data"), closed]);
  if (answer === null) throw noNamespaces(complaint);
  if (readlinkSync(`/proc/${held.pid}/ns/user`) === readlinkSync("/proc/self/ns/user")) throw noNamespaces("");
  return held;
}

function writeMap(path: string, line: string): void {
  try {
    writeFileSync(path, line);
  } catch (cause) {
    const { code } = cause as NodeJS.ErrnoException;
    throw new ExtractorError("rights", `the program can't have a user id of its own: writing ${path}: ${code}`, {
      hint: `give the container CAP_SETUID and CAP_SETGID and the ids ${FIRST_ID} and ${FIRST_ID + 1}; --seal-without own-uid runs it with this process's own`,
      cause,
    });
  }
}

const missingProgram = (cause: Error, program: string): ExtractorError =>
  new ExtractorError("rights", `a sealed run needs ${program} (util-linux): ${(cause as NodeJS.ErrnoException).code}`, {
    hint: "sealed runs need Linux; --mode proxy runs everywhere and sees programs only that honour proxy variables",
    cause,
  });

const noNamespaces = (complaint: string): ExtractorError =>
  new ExtractorError("rights", `the kernel permits no user namespaces: ${complaint.trim().split("\n")[0]}`, {
    hint: "allow them (sysctl user.max_user_namespaces, kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0; docker run --security-opt seccomp=unconfined), or --mode proxy",
  });
