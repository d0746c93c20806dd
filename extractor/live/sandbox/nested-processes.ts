import { readdirSync, readFileSync } from "node:fs";

/** A process of the program's own process namespace, as it is seen from here. */
export interface NestedProcess {
  pid: number;
  /** True for the first of its namespace, which is not the program's. */
  first: boolean;
  tasks: number;
  /** Memory that is in use for it alone or shared in memory, in bytes. */
  memory: number;
}

/** All processes in namespaces below this one. */
export function nestedProcesses(): NestedProcess[] {
  return readdirSync("/proc").flatMap((name) => (/^\d+$/.test(name) ? described(name) : []));
}

function described(pid: string): NestedProcess[] {
  let status: string;
  try {
    status = readFileSync(`/proc/${pid}/status`, "utf8");
  } catch {
    // it has ended
    return [];
  }
  const [, inner, further] = /^NSpid:\s+\d+\s+(\d+)(\s+\d+)?/m.exec(status) ?? [];
  if (inner === undefined) return [];
  const field = (name: string) => Number(new RegExp(`^${name}:\\s+(\\d+)`, "m").exec(status)?.[1] ?? 0);
  return [
    {
      pid: Number(pid),
      first: inner === "1" && further === undefined,
      tasks: field("Threads"),
      memory: 1024 * (field("RssAnon") + field("RssShmem") + field("VmSwap")),
    },
  ];
}
