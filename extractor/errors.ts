export type ErrorCode =
  | "usage"
  | "not-found"
  | "network"
  | "offline"
  | "integrity"
  | "bad-archive"
  | "no-javascript"
  | "no-sources"
  | "bad-input"
  | "bad-signature"
  | "rights"
  | "interrupted";

/** What a thrown thing says, in its first line. */
export const firstLineOf = (error: unknown): string =>
  String(error instanceof Error ? error.message : error).split("\n")[0]!;

/**
 * A failure the person at the terminal can do something about: `message` says what was wrong, `hint` what to do next.
 * Both are one line. Everything else that is thrown is a defect of this program.
 */
export class ExtractorError extends Error {
  override readonly name = "ExtractorError";
  readonly code: ErrorCode;
  readonly hint: string | undefined;

  constructor(code: ErrorCode, message: string, options: { hint?: string; cause?: unknown } = {}) {
    super(message, options.cause === undefined ? {} : { cause: options.cause });
    this.code = code;
    this.hint = options.hint;
  }
}
