import { totalmem } from "node:os";

const MIB = 1 << 20;

/** Of a file system in memory, in bytes, by where the room has it. */
export const FOLDER_BYTES = {
  "/tmp": 512 * MIB,
  "/home": 512 * MIB,
  "/var": 64 * MIB,
  "/run": 16 * MIB,
  "/dev/shm": 128 * MIB,
} as const;

/** Of all processes of a run together; threads count. */
export const MAX_TASKS = 2048;
/** In one of the file systems: each costs memory that its size doesn't count. */
export const MAX_FILES = 200_000;
const MAX_FILE_BYTES = 512 * MIB;
/** Of all processes of a run together, in bytes: no more than half the machine. */
export const maxMemory = (): number => Math.min(4096 * MIB, Math.floor(totalmem() / 2));

/**
 * What the kernel holds each process to. Address space is no measure: engines for JavaScript reserve many times what
 * they use.
 */
export const PROCESS_LIMITS = ["prlimit", `--nproc=${MAX_TASKS}`, `--fsize=${MAX_FILE_BYTES}`, "--core=0", "--"];
