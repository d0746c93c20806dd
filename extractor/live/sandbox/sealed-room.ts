import { existsSync, mkdirSync, realpathSync, writeFileSync } from "node:fs";
import { arch } from "node:os";
import { delimiter, dirname, join } from "node:path";
import { ExtractorError } from "../../errors.ts";
import type { LiveAttempt } from "../../model/live-run.ts";
import { onPath } from "../plan/install.ts";
import type { RunPlan } from "../plan/run-plan.ts";
import { ownFolder, type SealPart, type SealPlan } from "../plan/seal-plan.ts";
import { Decoys } from "./decoys.ts";
import { furnishHome, NO_GIT, PROJECT, REPOSITORY_STEPS } from "./furnish.ts";
import { HeardCalls } from "./heard-calls.ts";
import { PROGRAM_ID } from "./identities.ts";
import { FOLDER_BYTES, PROCESS_LIMITS } from "./limits.ts";
import { nestedProcesses } from "./nested-processes.ts";
import type { Launch, Room } from "./sandbox.ts";
import { seccompFilter } from "./seccomp.ts";
import type { Architecture } from "./system-calls.ts";
import { HOST_NAME, MADE_UP, maskedFolders, systemBinds } from "./system-files.ts";
import { fullBundle, SYSTEM_BUNDLES, trustVariables } from "./trust.ts";

const TOOLS_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin";
const HOME = "/home/dev";
const TRUST = "/etc/seal";
const FURNISHINGS = "/opt/furnishings";
/**
 * Descriptors of bubblewrap: its arguments, the filter, notes of refused calls, how the program does; before it, the
 * program's namespace and control group until they are entered.
 */
const ARGUMENTS = 3;
const FILTER = 4;
const NAMESPACE = 5;
const GROUP = 6;
const HEARD = 7;
const STATUS = 8;

/**
 * The first of the program's own: moves in, starts the program, says how it ended, and stays, since the program's
 * children may have something left to send. Killed first where memory is short.
 */
const START = `
trap : TERM INT HUP
echo begun >&${STATUS}
{ echo 1000 >/proc/self/oom_score_adj; } 2>/dev/null
umask 077
cp -R ${FURNISHINGS}/. ${HOME}/
umask 022
cd ${HOME}/${PROJECT}
{ ${REPOSITORY_STEPS.map((step) => `git ${step.join(" ")}`).join(" && ")}; } </dev/null >/dev/null 2>&1
"$@" ${STATUS}>&-
echo $? >&${STATUS}
exec sleep 86400 ${STATUS}>&- </dev/null >/dev/null 2>&1
`;

/** What goes before the program of a run: a root file system of its own, made of what a command line tool needs. */
export class SealedRoom implements Room {
  readonly home = HOME;
  readonly project = join(HOME, PROJECT);
  readonly packageFolder: string | null;
  readonly node: string;
  readonly environment: Record<string, string>;
  readonly notes: string[] = [];
  readonly #heard: HeardCalls | null;
  readonly #seal: SealPlan;
  readonly #decoys: Decoys;
  readonly #binds: string[];

  /**
   * Writes what the room is furnished with.
   * @param sockets where a server of ours listens on the ground, by where the room has it
   */
  constructor(plan: RunPlan, seal: SealPlan, authority: string, sockets: ReadonlyMap<string, string>) {
    this.#seal = seal;
    this.packageFolder = plan.packageFolder;
    this.node = plan.node;
    this.#decoys = new Decoys(seal.ground);
    furnishHome(this.#own("home"), plan.files);
    const bundle = fullBundle(authority);
    const trust = { authority: this.#write("authority.pem", authority), bundle: this.#write("bundle.pem", bundle) };
    const [authorityPlace, bundlePlace] = [join(TRUST, "authority.pem"), join(TRUST, "bundle.pem")];
    this.#binds = [
      ...Object.entries(MADE_UP).flatMap(([path, text]) => [
        "--ro-bind",
        this.#write(path.slice(1).replaceAll("/", "_"), text),
        path,
      ]),
      ...["--ro-bind", trust.authority, authorityPlace, "--ro-bind", trust.bundle, bundlePlace],
      ...[...new Set(SYSTEM_BUNDLES.filter((path) => existsSync(path)).map((path) => realpathSync(path)))].flatMap(
        (path) => ["--ro-bind", trust.bundle, path],
      ),
      ...["--ro-bind", this.#own("home"), FURNISHINGS],
      ...seal.shown.flatMap(({ name, place }) => ["--ro-bind", join(seal.ground, name), place]),
      ...[...sockets].flatMap(([place, file]) => ["--bind", file, place]),
    ];
    this.environment = {
      PATH: [dirname(plan.node), TOOLS_PATH].join(delimiter),
      LANG: "C.UTF-8",
      TERM: "xterm-256color",
      SHELL: "/bin/sh",
      USER: "dev",
      LOGNAME: "dev",
      ...trustVariables(authorityPlace, bundlePlace),
    };
    if (onPath("git", TOOLS_PATH) === null) this.notes.push(NO_GIT);
    this.#heard = seal.callsNotHeard === null ? new HeardCalls(this.#own("heard"), arch() as Architecture) : null;
  }

  launch(command: string[], environment: Record<string, string>): Launch {
    const launcher = this.#launcher(command);
    const { group } = this.#seal;
    const enter = `${group === null ? "" : `echo 0 >&${GROUP} || exit; `}exec ${NAMESPACE}<&- ${GROUP}>&-; exec "$@"`;
    const variables = Object.entries(environment).flatMap(([name, value]) => ["--setenv", name, value]);
    const filter = this.#has("seccomp") ? seccompFilter(arch() as Architecture, this.#heard !== null) : Buffer.alloc(0);
    return {
      command: [...this.#seal.enterProgram, "sh", "-c", enter, "sh", ...launcher],
      cwd: "/",
      // whatever the program is given, the programs before it are not
      environment: { PATH: TOOLS_PATH },
      descriptors: [
        Buffer.from([...this.#arguments(), ...variables].map((word) => `${word}\0`).join("")),
        filter,
        this.#seal.programNamespace,
        group?.entrance ?? Buffer.alloc(0),
        this.#heard?.descriptor ?? Buffer.alloc(0),
      ],
      below: { signal: (name) => this.#signal(name), failure: whyNoRoom },
    };
  }

  /** Uses of files of ours that stand where sensitive ones are elsewhere, and what the listener heard. */
  attempts(): LiveAttempt[] {
    return [...this.#decoys.attempts(), ...(this.#heard?.attempts() ?? [])];
  }

  #has(part: SealPart): boolean {
    return !this.#seal.without.includes(part);
  }

  #own(name: string): string {
    return join(ownFolder(this.#seal.ground), name);
  }

  #write(name: string, text: string): string {
    const files = this.#own("files");
    mkdirSync(files, { recursive: true });
    writeFileSync(join(files, name), text);
    return join(files, name);
  }

  #launcher(command: string[]): string[] {
    const limited = this.#has("limits") ? [...PROCESS_LIMITS, ...command] : command;
    const start = ["sh", "-c", START, "sh", ...limited];
    const room = [this.#seal.bubblewrap, "--args", `${ARGUMENTS}`];
    if (this.#heard !== null) return this.#heard.watch(HEARD, [...room, "--", ...this.#heard.load(FILTER, start)]);
    return [...room, ...(this.#has("seccomp") ? ["--seccomp", `${FILTER}`] : []), "--", ...start];
  }

  /** On a descriptor, since whoever looks at the command of process 1 has no business with this machine's paths. */
  #arguments(): string[] {
    const folder = (path: keyof typeof FOLDER_BYTES) => ["--size", String(FOLDER_BYTES[path]), "--tmpfs", path];
    const made = (path: string, mode: string) => ["--perms", mode, "--dir", path];
    return [
      ...["--unshare-user", "--disable-userns", "--unshare-pid", "--unshare-ipc", "--unshare-uts", "--unshare-cgroup"],
      ...["--uid", `${PROGRAM_ID}`, "--gid", `${PROGRAM_ID}`, "--hostname", HOST_NAME],
      ...["--die-with-parent", "--new-session", "--clearenv"],
      ...systemBinds(),
      ...["--perms", "1777", ...folder("/tmp"), ...folder("/home"), ...folder("/var"), ...folder("/run")],
      ...[...made(HOME, "0700"), ...made("/var/tmp", "1777"), ...made("/run/lock", "1777")],
      ...[...made("/var/cache", "0755"), ...made("/var/lib", "0755"), ...made("/var/log", "0755")],
      ...[...made("/sys", "0555"), ...made("/mnt", "0755"), ...made("/root", "0555"), "--symlink", "/run", "/var/run"],
      ...(this.#has("proc") ? ["--proc", "/proc"] : ["--ro-bind", "/proc", "/proc"]),
      ...maskedFolders().flatMap((path) => ["--tmpfs", path, "--remount-ro", path]),
      ...["--dev", "/dev", "--perms", "1777", ...folder("/dev/shm")],
      ...[...this.#decoys.binds(), ...this.#binds],
      ...["--remount-ro", "/dev", "--remount-ro", "/", "--chdir", HOME],
    ];
  }

  /** The program may have no process group that we know; what is below our namespace is the program's. */
  #signal(name: NodeJS.Signals): void {
    for (const { pid, first } of nestedProcesses()) {
      try {
        if (!first) process.kill(pid, name);
      } catch {
        // it has ended
      }
    }
  }
}

/** What the complaint of bubblewrap means, and what to do. */
const CAUSES: [complaint: RegExp, hint: string][] = [
  [/echo|I\/O error|write error/, "the kernel lets the program into no control group: --seal-without limits"],
  [
    /proc/i,
    "the container covers parts of /proc: docker run --security-opt systempaths=unconfined, or --seal-without proc",
  ],
  [/seccomp/i, "the kernel takes no filter of system calls (CONFIG_SECCOMP_FILTER), or --seal-without seccomp"],
  [/prlimit/i, "install util-linux, or --seal-without limits"],
  [
    /namespace|uid map|setting up|user/i,
    "allow nested user namespaces (sysctl user.max_user_namespaces, kernel.apparmor_restrict_unprivileged_userns=0)",
  ],
];

function whyNoRoom(complaint: string): Error {
  const line = complaint.trim().split("\n").at(-1) ?? "";
  const hint = CAUSES.find(([pattern]) => pattern.test(line))?.[1];
  return new ExtractorError("rights", `the room can't be built: ${line}`, {
    hint: hint ?? "bubblewrap says what it lacks; --mode proxy does without a room",
  });
}
