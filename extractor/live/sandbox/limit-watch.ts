import { statfsSync } from "node:fs";
import { timesFull } from "./control-group.ts";
import { FOLDER_BYTES, MAX_FILES, MAX_TASKS, maxMemory } from "./limits.ts";
import { type NestedProcess, nestedProcesses } from "./nested-processes.ts";

const EVERY_MS = 100;
/** The kernel refuses what is beyond the limit, so the count never goes past it. */
const NEARLY_ALL_TASKS = MAX_TASKS - 16;

/** Adds up what the processes of a run use together, which no limit of a process holds. */
export class LimitWatch {
  readonly #timer: NodeJS.Timeout;

  /**
   * @param exceeded told once, in a line, what there is too much of
   * @param group the file that says how often the program's control group was full; null where it has none
   */
  constructor(exceeded: (line: string) => void, group: string | null) {
    this.#timer = setInterval(() => {
      const isFull = group !== null && timesFull(group) > 0;
      const line = isFull ? memoryLine() : excess(nestedProcesses());
      if (line === null) return;
      this.end();
      exceeded(line);
    }, EVERY_MS);
    this.#timer.unref();
  }

  end(): void {
    clearInterval(this.#timer);
  }
}

function excess(processes: NestedProcess[]): string | null {
  const tasks = processes.reduce((total, process) => total + process.tasks, 0);
  if (tasks >= NEARLY_ALL_TASKS) return `${MAX_TASKS} processes and threads`;
  const memory = processes.reduce((total, process) => total + process.memory, 0);
  if (memory > maxMemory()) return memoryLine();
  const inside = processes.find(({ first }) => first);
  if (inside === undefined) return null;
  for (const [folder, bytes] of Object.entries(FOLDER_BYTES)) {
    const used = usedIn(`/proc/${inside.listed}/root${folder}`, bytes);
    if (used?.full) return `${mebibytes(bytes)} in ${folder}`;
    if (used !== null && used.files > MAX_FILES) return `${MAX_FILES} files in ${folder}`;
  }
  return null;
}

/**
 * Null where the folder is not the room's yet: until the room is built its first process sees the machine's own, which
 * are larger.
 */
function usedIn(folder: string, size: number): { full: boolean; files: number } | null {
  try {
    const { blocks, bsize, bavail, files, ffree } = statfsSync(folder);
    return blocks * bsize === size ? { full: bavail === 0, files: files - ffree } : null;
  } catch {
    return null;
  }
}

const memoryLine = (): string => `${mebibytes(maxMemory())} of memory`;
const mebibytes = (bytes: number): string => `${Math.floor(bytes / (1 << 20))} MiB`;
