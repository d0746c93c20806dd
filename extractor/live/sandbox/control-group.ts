import { spawn } from "node:child_process";
import { randomBytes } from "node:crypto";
import { once } from "node:events";
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmdirSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import type { Writable } from "node:stream";

interface Hierarchy {
  /** Where systems mount it. */
  mounts: string[];
  /** Says the group of a process in /proc/self/cgroup. */
  own: RegExp;
  limit: string;
  /** Swap, with what holds it; where the kernel counts it. */
  swap: (bytes: number) => [file: string, value: number];
  /** Says how often the kernel ended a process for want of memory. */
  events: string;
}

/** Version 2 first: where both are mounted, one of them has the memory. */
const HIERARCHIES: Hierarchy[] = [
  {
    mounts: ["/sys/fs/cgroup", "/sys/fs/cgroup/unified"],
    own: /^0::(\/.*)$/m,
    limit: "memory.max",
    swap: () => ["memory.swap.max", 0],
    events: "memory.events",
  },
  {
    mounts: ["/sys/fs/cgroup/memory"],
    own: /^\d+:(?:[^:]*,)?memory(?:,[^:]*)?:(\/.*)$/m,
    limit: "memory.limit_in_bytes",
    swap: (bytes) => ["memory.memsw.limit_in_bytes", bytes],
    events: "memory.oom_control",
  },
];

/** Removes the groups when whoever made one has ended and nobody is in it any more; told so by the end of its input. */
const REMOVE = `
cat >/dev/null
for group; do
  i=0
  while [ -d "$group" ] && ! rmdir "$group" 2>/dev/null && [ $i -lt 200 ]; do
    i=$((i + 1))
    sleep 0.02
  done
done
`;

/**
 * A control group for the program of a run: the kernel holds all its processes and folders in memory together to a
 * limit.
 */
export class ControlGroup {
  readonly folder: string;
  /** Open for a process to write itself into. */
  readonly entrance: number;
  /** File that says how often the limit was met. */
  readonly events: string;
  readonly #remover: Remover;

  private constructor(folder: string, events: string, remover: Remover) {
    this.folder = folder;
    this.events = join(folder, events);
    this.entrance = openSync(join(folder, "cgroup.procs"), "w");
    this.#remover = remover;
  }

  /** Below the group that this process is in, or next to it. Null where none can be made. */
  static make(bytes: number): ControlGroup | null {
    const own = readFileSync("/proc/self/cgroup", "utf8");
    const name = `endpoint-extractor-${randomBytes(6).toString("hex")}`;
    const places = foldersFor(own).map(({ folder, hierarchy }) => ({ hierarchy, group: join(folder, name) }));
    // before anything is made, so that nothing stays whenever this process ends
    const remover = new Remover(places.map(({ group }) => group));
    const place = places.find(({ group, hierarchy }) => limited(group, hierarchy, bytes));
    if (place !== undefined) return new ControlGroup(place.group, place.hierarchy.events, remover);
    void remover.begin();
    return null;
  }

  /** Lets go of it. It is gone when the last process in it is. */
  close(): Promise<unknown> {
    closeSync(this.entrance);
    return this.#remover.begin();
  }
}

/** A process that outlives this one for as long as it takes. */
class Remover {
  readonly #input: Writable;
  readonly #ended: Promise<unknown>;

  constructor(groups: string[]) {
    const remover = spawn("sh", ["-c", REMOVE, "sh", ...groups], {
      stdio: ["pipe", "ignore", "ignore"],
      cwd: "/",
      // Ctrl-C is ours to handle
      detached: true,
    });
    this.#ended = Promise.race([once(remover, "close"), once(remover, "error")]).catch(() => undefined);
    this.#input = remover.stdin;
    this.#input.on("error", () => undefined);
  }

  begin(): Promise<unknown> {
    this.#input.end();
    return this.#ended;
  }
}

/** How often the kernel ended a process of the group. */
export function timesFull(events: string): number {
  return Number(/^oom_kill (\d+)$/m.exec(readFileSync(events, "utf8"))?.[1] ?? 0);
}

/**
 * Folders that a group may be made in, best first: our own group's, then those above it.
 * @param own what /proc/self/cgroup says
 */
export const foldersFor = (own: string): { folder: string; hierarchy: Hierarchy }[] =>
  HIERARCHIES.flatMap((hierarchy) => {
    const path = hierarchy.own.exec(own)?.[1];
    if (path === undefined) return [];
    const folders = hierarchy.mounts.flatMap((mount) => above(resolve(mount, `.${path}`), mount));
    return folders.map((folder) => ({ hierarchy, folder }));
  });

function above(folder: string, end: string): string[] {
  return folder.length <= end.length ? [end] : [folder, ...above(dirname(folder), end)];
}

/** True where the group was made and holds its processes; else nothing of it is left. */
function limited(group: string, { limit, swap }: Hierarchy, bytes: number): boolean {
  try {
    mkdirSync(group);
  } catch {
    return false;
  }
  try {
    if (!existsSync(join(group, limit))) throw new Error("the memory is not of this hierarchy");
    writeFileSync(join(group, limit), `${bytes}`);
    const [file, value] = swap(bytes);
    if (existsSync(join(group, file))) writeFileSync(join(group, file), `${value}`);
    return true;
  } catch {
    rmdirSync(group);
    return false;
  }
}
