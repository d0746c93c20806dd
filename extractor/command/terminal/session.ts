import type { WriteStream } from "node:tty";

/** 0: done. 1: done, and the answer is "no" or "nothing". 2 is for errors, which are thrown. */
export type ExitCode = 0 | 1;

/** The answer rests on a report that ran out of time or memory: it takes the place of the other codes. */
export const PARTIAL = 3;

/** The world around one run of the program, and the answer it leaves with. */
export interface Session {
  stdout: WriteStream;
  stderr: WriteStream;
  environment: Readonly<Record<string, string | undefined>>;
  exitCode: ExitCode;
  /** Some report was cut short by time, memory or stack. */
  isPartial?: boolean;
}
