import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** `host-PID-BEGAN`: a process of a machine, told apart from a later one that gets the same number. */
export const currentHolder = (): string => `${machine()}-${process.pid}-${beganAt(process.pid) ?? ""}`;

/** Letters and digits only, so that it can be the name of a file. */
const machine = (): string => hostname().replace(/[^a-z\d.]/gi, "_");

/**
 * Whether the process has ended. Those of other machines can't be asked: they count as running, and who shares a
 * folder between machines takes a queue.
 */
export function isGone(holder: string): boolean {
  const [, host, digits, began] = /^(.*)-(\d+)-(\d*)$/.exec(holder) ?? [];
  if (host === undefined) return true;
  if (host !== machine()) return false;
  const pid = Number(digits);
  if (!isRunning(pid)) return true;
  const now = beganAt(pid);
  return began !== "" && now !== null && now !== began;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    // it is there, and another person's
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/** Ticks since the machine began, where the system tells; a process that has ended and was not waited for is gone. */
function beganAt(pid: number): string | null {
  try {
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    const [state, ...rest] = status.slice(status.lastIndexOf(")") + 2).split(" ");
    return state === "Z" ? "0" : (rest[18] ?? null);
  } catch {
    return null;
  }
}
