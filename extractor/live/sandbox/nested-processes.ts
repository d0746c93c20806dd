import { readdirSync, readFileSync, readlinkSync } from "node:fs";

/** A process of the program's own process namespace, as it is seen from here. */
export interface NestedProcess {
  pid: number;
  /** Its number in /proc, which is another where that is the machine's. */
  listed: string;
  /** True for the first of its namespace, which is not the program's. */
  first: boolean;
  tasks: number;
  /** Memory that is in use for it alone or shared in memory, in bytes. */
  memory: number;
}

interface Listed {
  parent: string;
  /** Its numbers in the namespaces it is in: from that of /proc inwards. */
  numbers: string[];
  status: string;
}

/**
 * All processes in namespaces below this one. They descend from us: who loses its parent there gets the first of its
 * namespace for one.
 */
export function nestedProcesses(): NestedProcess[] {
  const listed = new Map<string, Listed>();
  for (const name of readdirSync("/proc")) if (/^\d+$/.test(name)) read(name, listed);
  const self = readlinkSync("/proc/self");
  const depth = listed.get(self)?.numbers.length ?? 1;
  const ours = new Map([[self, true]]);
  const isOurs = (name: string): boolean => {
    const known = ours.get(name);
    if (known !== undefined) return known;
    // of a parent that ended meanwhile we know nothing; the next look finds another
    ours.set(name, false);
    const parent = listed.get(name)?.parent;
    const answer = parent !== undefined && isOurs(parent);
    ours.set(name, answer);
    return answer;
  };
  return [...listed].flatMap(([name, { numbers, status }]) => {
    const [inner, ...further] = numbers.slice(depth);
    return inner === undefined || !isOurs(name)
      ? []
      : [described(name, Number(numbers[depth - 1]), inner === "1" && further.length === 0, status)];
  });
}

function read(name: string, listed: Map<string, Listed>): void {
  try {
    const status = readFileSync(`/proc/${name}/status`, "utf8");
    listed.set(name, {
      parent: /^PPid:\s+(\d+)/m.exec(status)?.[1] ?? "",
      numbers: /^NSpid:\s+(.*)$/m.exec(status)?.[1]?.split(/\s+/) ?? [],
      status,
    });
  } catch {
    // it has ended
  }
}

function described(listed: string, pid: number, first: boolean, status: string): NestedProcess {
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return {
    pid,
    listed,
    first,
    tasks: field("Threads"),
    memory: 1024 * (field("RssAnon") + field("RssShmem") + field("VmSwap")),
  };
}
