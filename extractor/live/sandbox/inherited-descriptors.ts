import { closeSync, readdirSync, readFileSync } from "node:fs";

const FIRST_BEYOND_STANDARD = 3;
const CLOSED_ON_EXEC = 0o2000000;

/**
 * Closes what whoever started this process left open, and every program that it starts would have as well. Node
 * closes such descriptors to them up to the first gap in their numbers; `bash -c 'exec 60<file; …'` makes one beyond
 * it.
 */
export function closeInheritedDescriptors(): void {
  for (const name of readdirSync("/proc/self/fd")) {
    const descriptor = Number(name);
    if (descriptor >= FIRST_BEYOND_STANDARD && isHandedOn(descriptor)) closeSync(descriptor);
  }
}

function isHandedOn(descriptor: number): boolean {
  let about: string;
  try {
    about = readFileSync(`/proc/self/fdinfo/${descriptor}`, "utf8");
  } catch {
    // that of the listing
    return false;
  }
  return (Number.parseInt(/^flags:\s+([0-7]+)/m.exec(about)?.[1] ?? "0", 8) & CLOSED_ON_EXEC) === 0;
}
