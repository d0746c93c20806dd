import { existsSync, readFileSync, rmSync } from "node:fs";
import { afterAll, describe, expect, inject, test } from "vitest";
import type { LiveRun } from "../../../extractor/model/live-run.ts";
import { whyNotSealed } from "../sandbox/namespaces.ts";
import type { Outside } from "./outside.ts";
import { NOBODY_IN_PARTICULAR, outsideFor, runAttacker, type Told } from "./run-attacker.ts";

const AT_LEAST = 40;

const reason = whyNotSealed();
if (reason !== null) process.stderr.write(`escapes are not tested: ${reason}\n`);
const isRoot = process.getuid?.() === 0;
const users = isRoot ? [0, NOBODY_IN_PARTICULAR] : [process.getuid?.() ?? 0];
const folders: string[] = [];
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
});

async function outsideOf(user: number): Promise<Outside> {
  const outside = await outsideFor(user);
  folders.push(outside.folder);
  return outside;
}

/** What shows outside, and not to the attacker itself. */
const SEEN_BY_SIGNS = [
  "a file for the person",
  "a file among temporary ones",
  "a file in /dev/shm that stays",
  "a file in the package",
  "a program of the machine",
  "a file through a link in the package",
  "a link in the place of the recording",
  "a socket in a folder of the machine",
  "a socket in /dev/shm",
  "a socket without a path",
  "a service on loopback",
  "a service on loopback, IPv6",
  "a service on the machine's address",
  "a datagram on loopback",
  "a datagram to the machine's address",
  "a process that stays",
  "the handler of crashes",
];
const SIGNS = [
  ...["file /dev/shm/TOKEN", "file /tmp/planted", "file HOME/bomb", "file HOME/planted", "file HOME/through-a-link"],
  ...["file PACKAGE/TOKEN", "heard abstract", "heard address", "heard datagram", "heard loopback", "heard loopback6"],
  ...["heard name-server", "heard path", "heard shm", "recording is a link"],
];
const SIGNS_OF_ROOT = ["core_pattern", "file /usr/bin/TOKEN"];
/** Where the kernel tells of what its filter refuses. */
const SIGNALLING = ["tkill", "tgkill", "rt_sigqueueinfo", "rt_tgsigqueueinfo"];
const HEARD = [
  ...["ptrace refused", "unshare refused", "keyctl refused", "AF_VSOCK refused", "raw IPv4 refused"],
  "process 1 sent",
];
/** What is built into some kernels and not into others; a seal makes no difference where there is nothing. */
const KERNELS_DIFFER = [
  "the hypervisor",
  "the kernel's ciphers",
  "the handler of missing modules",
  "the handler of new devices",
  "the handler of empty control groups",
  "the keys of the console",
  "the kernel's memory",
  "a console",
  "a disk",
  "call init_module",
  "call finit_module",
  "call delete_module",
  "call kexec_load",
  "call kexec_file_load",
  "call iopl",
  "call by the other convention",
];
/** What the kernel refuses an ordinary user anyway. */
const ROOTS_ALONE = [
  "the passwords of the machine's users",
  "our own runtime",
  "whole IP packets",
  "whole IPv6 packets",
  "frames of a network",
  "a family nobody uses",
  "the namespaces of process 1",
  "rights of root",
  "interpreters of new kinds of files",
  "settings of memory",
  "settings of the network",
  "the machine's sleep",
  "the kernel's log",
  "a device of our own",
  "a mount",
  "a root of our own",
  "a user namespace",
  "call perf_event_open",
  "call bpf",
  "call pivot_root",
  "call fsopen",
  "call open_tree",
  "call move_mount",
  "call userfaultfd",
  "call reboot",
  "call syslog",
  "call fanotify_init",
  "call acct",
  "call swapon",
  "call sethostname",
  "call settimeofday",
];

const signalsTo = (process: number): string[] => [
  ...SIGNALLING.map((call) => `process ${process} (${call}) sent`),
  `process ${process} (pidfd_open) tried`,
];

const run = (outside: Outside, user: number, sealed: boolean, ...more: string[]) =>
  runAttacker({ outside, user, sealed, more, cli: inject("cli") });

describe.skipIf(reason !== null)("a program that tries to get out", () => {
  test("makes system calls where the seal is without its filter", async () => {
    const user = process.getuid?.() ?? 0;
    const outside = await outsideOf(user);
    try {
      const live = JSON.parse((await run(outside, user, true, "--seal-without", "seccomp")).stdout) as LiveRun;
      const { got } = JSON.parse(live.output.stdout) as Told;
      expect(Object.keys(got)).toEqual(expect.arrayContaining(["the kernel's events", "call keyctl", "call unshare"]));
      expect(Object.keys(got)).not.toEqual(expect.arrayContaining(["who else runs"]));
      expect(await outside.signs()).toEqual([]);
    } finally {
      outside.close();
    }
  });

  test.each(users)("sees who else runs, and no more, in user %i's seal without an own /proc", async (user) => {
    const outside = await outsideOf(user);
    try {
      const live = JSON.parse((await run(outside, user, true, "--seal-without", "proc")).stdout) as LiveRun;
      const { got } = JSON.parse(live.output.stdout) as Told;
      expect([Object.keys(got), live.output.stderr]).toEqual([["who else runs"], ""]);
      expect(await outside.signs()).toEqual([]);
    } finally {
      outside.close();
    }
  });

  for (const user of users) {
    test(`gets nothing in a sealed run of ${user === 0 ? "root" : "an ordinary user"}`, async () => {
      const outside = await outsideOf(user);
      try {
        const { stdout, stderr } = await run(outside, user, true);
        expect(stderr).toBe("");
        const live = JSON.parse(stdout) as LiveRun;
        const told = JSON.parse(live.output.stdout) as Told;
        expect(told.got).toEqual({});
        expect(told.tried).toBeGreaterThanOrEqual(AT_LEAST);
        expect(await outside.signs()).toEqual([]);
        expect(live.attempts.map(({ target, how }) => `${target} ${how}`)).toEqual(
          expect.arrayContaining([
            ...["/proc/sys/kernel/core_pattern written", "/etc/shadow read", "/proc/keys read"],
            ...(live.callsNotCounted === null ? [...HEARD, ...signalsTo(outside.victim)] : []),
          ]),
        );
        expect(live.callsNotCounted).toBe(existsSync("/usr/bin/perl") ? null : "there is no /usr/bin/perl");
        expect(JSON.parse(readFileSync(outside.har, "utf8")).log.version).toBe("1.2");
        expect(live.network.packetsOutside).toBe(0);
      } finally {
        outside.close();
      }
    });

    test(`gets through without a seal, as ${user === 0 ? "root" : "an ordinary user"}: each attempt can succeed`, async () => {
      const outside = await outsideOf(user);
      try {
        const told = JSON.parse((await run(outside, user, false)).stdout) as Told;
        const excused = new Set([...SEEN_BY_SIGNS, ...KERNELS_DIFFER, ...(user === 0 ? [] : ROOTS_ALONE)]);
        expect(told.missed?.filter((name) => !excused.has(name))).toEqual([]);
        expect(await outside.signs()).toEqual(expect.arrayContaining([...SIGNS, ...(user === 0 ? SIGNS_OF_ROOT : [])]));
      } finally {
        outside.close();
      }
    });
  }
});
