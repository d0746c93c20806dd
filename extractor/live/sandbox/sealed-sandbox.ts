import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readFileSync, realpathSync, writeFileSync } from "node:fs";
import { userInfo } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { ExtractorError } from "../../errors.ts";
import type { RunPlan } from "../plan/run-plan.ts";
import { furnish } from "./furnish.ts";
import type { Room } from "./sandbox.ts";
import { fullBundle, SYSTEM_BUNDLES, trustVariables } from "./trust.ts";

/** Any of these that exists can carry the room: what is mounted over it is seen by the run alone and gone with it. */
const GROUNDS = ["/mnt", "/media", "/srv", "/opt"];
const TOOLS_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const HOST_NAME = "lab";
const MACHINE_ID = "0".repeat(31).concat("1\n");

/**
 * Makes the namespaces this process is in into a room: loopback carries every address, folders in memory, own trust store and
 * resolver, the person's home, temporary files and local services out of sight, everything else read-only.
 * @throws ExtractorError where an essential part can't be set up
 */
export function sealRoom(plan: RunPlan, authority: string): Room {
  const notes: string[] = [];
  const must = (program: string, ...args: string[]) => {
    const failure = run(program, args);
    if (failure !== null) {
      throw new ExtractorError("rights", `cannot seal the network: ${program} ${args.join(" ")}: ${failure}`, {
        hint: "needs iproute2 and util-linux, and rights to mount; --mode proxy does without",
      });
    }
  };
  const may = (what: string, program: string, ...args: string[]) => {
    const failure = run(program, args);
    if (failure !== null) notes.push(`${what}: ${failure}`);
  };

  must("ip", "link", "set", "lo", "up");
  // Every address is this machine: a program that knows an address by itself ends here as well.
  must("ip", "route", "add", "local", "0.0.0.0/0", "dev", "lo");
  may("no IPv6", "ip", "-6", "route", "add", "local", "::/0", "dev", "lo");

  const ground = GROUNDS.find(
    (path) => existsSync(path) && !isBelow(plan.node, path) && !isBelow(plan.packageFolder ?? "", path),
  );
  if (ground === undefined) {
    throw new ExtractorError("rights", `none of ${GROUNDS.join(", ")} can carry the run's folders`, {
      hint: "make one of them",
    });
  }
  must("mount", "-t", "tmpfs", "-o", "mode=755", "tmpfs", ground);
  const bind = (from: string, name: string): string => {
    const to = join(ground, name);
    mkdirSync(to, { recursive: true });
    must("mount", "--rbind", from, to);
    return to;
  };
  const packageFolder = plan.packageFolder === null ? null : bind(plan.packageFolder, "package");
  const hidden = hiddenFolders();
  const nodeHome = dirname(dirname(plan.node));
  const node = hidden.some((path) => isBelow(plan.node, path))
    ? join(bind(nodeHome, "runtime"), plan.node.slice(nodeHome.length))
    : plan.node;

  const trust = join(ground, "trust");
  mkdirSync(trust);
  const [authorityFile, bundle] = [join(trust, "authority.pem"), join(trust, "bundle.pem")];
  writeFileSync(authorityFile, authority);
  writeFileSync(bundle, fullBundle(authority));
  const cover = (path: string, text: string) => {
    if (!existsSync(path)) return;
    const copy = join(trust, path.replaceAll("/", "_"));
    writeFileSync(copy, text);
    may(`${path} stays as it is`, "mount", "--bind", copy, realpathSync(path));
  };
  for (const path of SYSTEM_BUNDLES) cover(path, readFileSync(bundle, "utf8"));
  cover("/etc/hosts", `127.0.0.1 localhost ${HOST_NAME}\n::1 localhost\n`);
  cover("/etc/machine-id", MACHINE_ID);
  const resolver = "nameserver 127.0.0.1\noptions timeout:2\n";
  const resolverFile = existsSync("/etc/resolv.conf") ? realpathSync("/etc/resolv.conf") : null;
  if (resolverFile !== null && !hidden.some((path) => isBelow(resolverFile, path))) cover("/etc/resolv.conf", resolver);

  const environment = {
    PATH: [dirname(node), TOOLS_PATH].join(delimiter),
    LANG: "C.UTF-8",
    TERM: "xterm-256color",
    SHELL: "/bin/sh",
    USER: "dev",
    LOGNAME: "dev",
    ...trustVariables(authorityFile, bundle),
  };
  const { home, project, notes: missing } = furnish(join(ground, "home"), plan.files, environment);
  for (const path of hidden) may(`${path} can be seen`, "mount", "-t", "tmpfs", "-o", "mode=1777", "tmpfs", path);
  if (resolverFile !== null && hidden.some((path) => isBelow(resolverFile, path))) {
    mkdirSync(dirname(resolverFile), { recursive: true });
    writeFileSync(resolverFile, resolver);
  }
  try {
    writeFileSync("/proc/sys/kernel/hostname", HOST_NAME);
  } catch {
    notes.push("the host name is the machine's own");
  }
  for (const { path, options } of writableMounts([ground, ...hidden])) {
    may(`${path} can be written to`, "mount", "-o", ["remount", "bind", "ro", ...options].join(), path);
  }
  return {
    home,
    project,
    packageFolder,
    node,
    environment,
    wrap: droppingRights(notes),
    notes: [...notes, ...missing],
  };
}

/** Makes a command start without any right of root's: otherwise it could leave the room. */
function droppingRights(notes: string[]): Room["wrap"] {
  if (run("setpriv", ["--version"]) === null) return (command) => [...DROP_RIGHTS, ...command];
  notes.push("setpriv is missing: the program keeps root's rights inside the room");
  return (command) => command;
}

const DROP_RIGHTS = [
  "setpriv",
  "--no-new-privs",
  "--bounding-set=-all",
  "--inh-caps=-all",
  "--ambient-caps=-all",
  "--",
];

/** Where the person's files, other programs' temporary files and sockets of local services are. */
function hiddenFolders(): string[] {
  const homes = [process.env.HOME ?? "", userInfo().homedir].filter((path) => path !== "" && path !== "/");
  const all = ["/tmp", "/var/tmp", "/run", ...homes]
    .filter((path) => existsSync(path))
    .map((path) => realpathSync(path));
  return [...new Set(all)].filter((path) => !all.some((other) => other !== path && isBelow(path, other)));
}

interface Mount {
  path: string;
  /** To be kept: in a user namespace they can't be taken away. */
  options: string[];
}

const KERNEL_FOLDERS = ["/proc", "/sys", "/dev"];

function writableMounts(except: string[]): Mount[] {
  return readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .map((line) => line.split(" "))
    .filter(([, , , , path = "", options = ""]) => options.split(",").includes("rw") && path !== "")
    .map(([, , , , path, options]) => ({
      path: path!.replace(/\\(\d{3})/g, (_, octal: string) => String.fromCharCode(Number.parseInt(octal, 8))),
      options: options!.split(",").filter((option) => option !== "rw"),
    }))
    .filter(({ path }) => ![...KERNEL_FOLDERS, ...except].some((folder) => isBelow(path, folder)));
}

const isBelow = (path: string, folder: string): boolean => path === folder || path.startsWith(`${folder}/`);

/** Null, or why it failed. */
function run(program: string, args: string[]): string | null {
  const { status, stderr, error } = spawnSync(program, args, { encoding: "utf8" });
  if (error !== undefined) return (error as NodeJS.ErrnoException).code ?? error.message;
  return status === 0 ? null : stderr.trim().split("\n")[0]!;
}
