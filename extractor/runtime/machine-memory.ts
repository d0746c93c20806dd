import { totalmem } from "node:os";

/** Bytes of memory that this process may hope for: those of the machine, or what its control group is allowed. */
export function machineMemory(): number {
  const allowed = process.constrainedMemory() ?? 0;
  return allowed > 0 ? Math.min(allowed, totalmem()) : totalmem();
}
