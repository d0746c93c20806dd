import { chmodSync, existsSync, mkdirSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { LiveAttempt } from "../../model/live-run.ts";
import { ownFolder } from "../plan/seal-plan.ts";

/**
 * Places that a program looks at which wants to know or change the machine. The room has a file of ours there: it can
 * be read and written, means nothing, and remembers that it was.
 */
const PLACES = {
  setting: [
    "/proc/sys/kernel/core_pattern",
    "/proc/sys/kernel/modprobe",
    "/proc/sys/kernel/hotplug",
    "/proc/sys/kernel/kptr_restrict",
    "/proc/sys/kernel/yama/ptrace_scope",
    "/proc/sys/vm/panic_on_oom",
    "/proc/sys/vm/drop_caches",
    "/proc/sys/fs/binfmt_misc/register",
    "/proc/sysrq-trigger",
  ],
  "kernel state": [
    "/proc/kcore",
    "/proc/kallsyms",
    "/proc/keys",
    "/proc/key-users",
    "/proc/kmsg",
    "/proc/kpagecount",
    "/proc/kpageflags",
    "/proc/config.gz",
    "/proc/iomem",
    "/proc/ioports",
    "/proc/latency_stats",
    "/proc/modules",
    "/proc/sched_debug",
    "/proc/slabinfo",
    "/proc/timer_list",
    "/proc/vmallocinfo",
  ],
  device: [
    "/dev/mem",
    "/dev/kmsg",
    "/dev/sda",
    "/dev/vda",
    "/dev/nvme0n1",
    "/dev/kvm",
    "/dev/vsock",
    "/dev/fuse",
    "/dev/ttyS0",
    "/dev/net/tun",
    "/dev/uinput",
  ],
  secret: ["/etc/shadow", "/etc/gshadow", "/etc/sudoers"],
} as const satisfies Partial<Record<LiveAttempt["kind"], readonly string[]>>;

/** The kernel notes the first reading after a change only where the last one is older than a day. */
const LONG_AGO = 1000;

interface Decoy {
  kind: LiveAttempt["kind"];
  place: string;
  file: string;
}

/** Files in the place of sensitive ones. */
export class Decoys {
  readonly #decoys: Decoy[];

  constructor(ground: string) {
    const folder = join(ownFolder(ground), "decoys");
    mkdirSync(folder);
    this.#decoys = Object.entries(PLACES).flatMap(([kind, places]) =>
      places
        // in /proc nothing can be made, only covered
        .filter((place) => !place.startsWith("/proc/") || existsSync(place))
        .map((place) => ({
          kind: kind as LiveAttempt["kind"],
          place,
          file: join(folder, place.slice(1).replaceAll("/", "_")),
        })),
    );
    for (const { file } of this.#decoys) {
      writeFileSync(file, "\n");
      chmodSync(file, 0o666);
      utimesSync(file, LONG_AGO, LONG_AGO);
    }
  }

  /** Arguments for bubblewrap. */
  binds(): string[] {
    return this.#decoys.flatMap(({ file, place }) => ["--bind", file, place]);
  }

  /** Which were used, and how. */
  attempts(): LiveAttempt[] {
    return this.#decoys.flatMap(({ kind, place, file }) => {
      const { atimeMs, mtimeMs } = statSync(file);
      if (mtimeMs <= 1000 * LONG_AGO && atimeMs <= 1000 * LONG_AGO) return [];
      return [{ kind, target: place, how: mtimeMs > 1000 * LONG_AGO ? "written" : "read", count: null }];
    });
  }
}
