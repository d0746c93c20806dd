import type { WriteStream } from "node:tty";
import type { Session } from "../../extractor/command/terminal/session.ts";

export interface FakeSession extends Session {
  /** Everything written so far. */
  out: string;
  err: string;
}

/** A session whose streams are strings, with or without a terminal behind them. */
export function fakeSession(
  terminal: { isTTY?: boolean; columns?: number } = {},
  environment: Session["environment"] = {},
): FakeSession {
  const session = { out: "", err: "", environment, exitCode: 0 as const } as FakeSession;
  const stream = (key: "out" | "err"): WriteStream =>
    ({
      ...terminal,
      write(text: string, done?: () => void) {
        session[key] += text;
        done?.();
        return true;
      },
    }) as unknown as WriteStream;
  return Object.assign(session, { stdout: stream("out"), stderr: stream("err") });
}
