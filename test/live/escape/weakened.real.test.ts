import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { LiveRun } from "../../../extractor/model/live-run.ts";
import { whyNotSealed } from "../sandbox/namespaces.ts";
import { NOBODY_IN_PARTICULAR, outsideFor, runAttacker, type Told } from "./run-attacker.ts";

/** A part of the seal, how it is taken out of the program, and what succeeds then. */
interface Weakness {
  part: string;
  replace: [found: string, by: string][];
  args?: string[];
  got?: string[];
  signs?: string[];
}

const WITHOUT_PROCESSES: [string, string][] = [
  ['"--unshare-pid", ', ""],
  ['["--proc", "/proc"]', '["--ro-bind", "/proc", "/proc"]'],
];
const WEAKNESSES: Weakness[] = [
  {
    part: "the filter of system calls",
    replace: [],
    args: ["--seal-without", "seccomp"],
    got: ["the kernel's events", "call keyctl", "call unshare", "call ptrace", "call io_uring_setup"],
  },
  {
    part: "the filter, and the end of user namespaces",
    replace: [['"--disable-userns", ', ""]],
    args: ["--seal-without", "seccomp"],
    got: ["a user namespace"],
  },
  { part: "a process namespace of its own", replace: WITHOUT_PROCESSES, got: ["who else runs"] },
  {
    part: "a process namespace of its own, and deafness for the debugger's signal",
    replace: [...WITHOUT_PROCESSES, ['process.on("SIGUSR1", () => void 0);', ""]],
    got: ["the inspector of the sealing process"],
  },
  {
    part: "a root without the machine's folders",
    replace: [['...made("/var/lib", "0755"), ', '"--ro-bind", "/var/lib", "/var/lib", ']],
    got: ["a secret file of the person", "a file of the machine that all may read", "the person's home"],
    signs: ["heard path"],
  },
  {
    part: "a root without the machine's folders, to be written",
    replace: [['...made("/var/lib", "0755"), ', '"--bind", "/var/lib", "/var/lib", ']],
    signs: ["file HOME/planted", "recording is a link"],
  },
  {
    part: "temporary folders of its own",
    replace: [['"--perms", "1777", ...folder("/tmp"), ', '"--bind", "/tmp", "/tmp", ']],
    // the machine's own may hold more files than a room's
    args: ["--seal-without", "limits"],
    signs: ["file /tmp/planted"],
  },
  {
    part: "shared memory of its own",
    replace: [['"--perms", "1777", ...folder("/dev/shm")', '"--bind", "/dev/shm", "/dev/shm"']],
    signs: ["file /dev/shm/TOKEN", "heard shm"],
  },
  {
    part: "a package that can't be written",
    replace: [['({ name, place }) => ["--ro-bind"', '({ name, place }) => ["--bind"']],
    signs: ["file PACKAGE/TOKEN"],
  },
  {
    part: "a made-up /etc",
    replace: [['this.#write(path.slice(1).replaceAll("/", "_"), text)', "path"]],
    got: ["the names of the machine's users"],
  },
  {
    part: "a name of its own",
    replace: [
      ['"--unshare-uts", ', ""],
      ['"--hostname", HOST_NAME', ""],
    ],
    got: ["the machine's name"],
  },
  {
    part: "variables of its own",
    replace: [
      ['"--clearenv"', ""],
      ["environment: { PATH: TOOLS_PATH }", "environment: { ...process.env }"],
    ],
    got: ["a variable of whoever started us"],
  },
  {
    part: "files of ours in /proc",
    replace: [["...this.#decoys.binds(), ", ""]],
    got: ["the kernel's keys"],
  },
  {
    part: "a network of its own",
    replace: [
      ['"unshare", "--net", "--", "sh"', '"sh"'],
      ['"unshare", "--net", "--mount"', '"unshare", "--mount"'],
      // what it takes to serve on a network where a program has no rights
      ["ip link set lo up </dev/null || exit 9", "true"],
      ["ip route add local 0.0.0.0/0 dev lo </dev/null || exit 9", "true"],
      ["var TCP_PORT = 1;", "var TCP_PORT = 20001;"],
      ["var UDP_PORT = 2;", "var UDP_PORT = 20002;"],
      ["var KNOWN_PORTS = [22, 80, 443, 4317, 4318, 8080, 8443];", "var KNOWN_PORTS = [];"],
      ['udp.once("error", reject).bind(53,', 'udp.once("error", reject).bind(20053,'],
      ['tcp.once("error", reject).listen(53,', 'tcp.once("error", reject).listen(20053,'],
    ],
    signs: [
      "heard abstract",
      "heard address",
      "heard datagram",
      "heard loopback",
      "heard loopback6",
      "heard name-server",
    ],
  },
  {
    part: "the loss of capabilities",
    replace: [['"--clearenv"', '"--clearenv", "--cap-add", "ALL"']],
    got: ["capabilities"],
  },
];

const reason = whyNotSealed() ?? (process.getuid?.() === 0 ? null : "it takes root to be somebody else");
let folder = "";
beforeAll(() => {
  folder = mkdtempSync(join(dirname(dirname(inject("cli"))), "weakened-"));
  chmodSync(folder, 0o755);
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** The command line without a part of the seal; each text that is taken out stands in it once. */
function weakened({ replace }: Weakness): string {
  const built = dirname(inject("cli"));
  rmSync(folder, { recursive: true, force: true });
  cpSync(built, folder, { recursive: true });
  for (const [found, by] of replace) {
    const files = readdirSync(folder)
      .filter((name) => name.endsWith(".js"))
      .map((name) => join(folder, name))
      .filter((path) => readFileSync(path, "utf8").includes(found));
    expect([found, files.length]).toEqual([found, 1]);
    const [before, after, ...more] = readFileSync(files[0]!, "utf8").split(found);
    expect([found, more.length]).toEqual([found, 0]);
    writeFileSync(files[0]!, before + by + after);
  }
  return join(folder, basename(inject("cli")));
}

describe.skipIf(reason !== null)("a seal without a part lets an ordinary user's program", () => {
  test.each(WEAKNESSES)("through: $part", async (weakness) => {
    const outside = await outsideFor(NOBODY_IN_PARTICULAR);
    try {
      const { stdout, stderr } = await runAttacker({
        outside,
        user: NOBODY_IN_PARTICULAR,
        sealed: true,
        more: weakness.args ?? [],
        cli: weakened(weakness),
      });
      expect(stderr).toBe("");
      const { got } = JSON.parse((JSON.parse(stdout) as LiveRun).output.stdout) as Told;
      const signs = await outside.signs();
      process.stderr.write(`without ${weakness.part}: ${[...Object.keys(got), ...signs].join(", ")}\n`);
      expect(Object.keys(got)).toEqual(expect.arrayContaining(weakness.got ?? []));
      expect(signs).toEqual(expect.arrayContaining(weakness.signs ?? []));
    } finally {
      outside.close();
      rmSync(outside.folder, { recursive: true, force: true });
    }
  });
});
