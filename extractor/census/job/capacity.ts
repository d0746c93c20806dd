/** What a process takes that reads hardly anything. */
const BASE = 200e6;
/** An analysis holds so many times what it reads; as measured, 19 to 51 times. */
const TIMES = 45;
/** A package that says nothing about its size, or brings a program in a package for each platform. */
const UNKNOWN = 700e6;
/** The next version may be larger than the last. */
const MARGIN = 1.15;

/**
 * Bytes of memory that a job is likely to take: by what versions of the same package took, else by its size.
 * @param peak the most that one of them took; null where none was analysed yet
 * @param limit what it may take
 */
export function likelyMemory(bytes: number, peak: number | null, limit: number): number {
  const bySize = bytes === 0 ? UNKNOWN : BASE + TIMES * Math.min(bytes, limit);
  return Math.min(limit, peak === null ? Math.max(UNKNOWN, bySize) : peak * MARGIN);
}

/** Whether one more can begin beside those that run. The first one always can: it is never likely to take more. */
export const fitsBeside = (running: readonly number[], next: number, memory: number): boolean =>
  running.length === 0 || running.reduce((sum, one) => sum + one, 0) + next <= memory;
