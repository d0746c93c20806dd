import type { Progress } from "../model/progress.ts";
import { visible } from "../render/terminal.ts";
import type { Session } from "./session.ts";

/** Fast enough to look alive, slow enough to cost nothing. */
const REDRAW_MS = 80;
/** Some pseudo-terminals say 0, or nothing. */
const DEFAULT_COLUMNS = 80;
const CLEAR_LINE = "\r\x1b[2K";

/** One line on stderr, rewritten as the work goes on; silent where stderr is no terminal. */
export class ProgressLine {
  readonly #stderr: Session["stderr"];
  readonly #shown: boolean;
  #drawn = Number.NEGATIVE_INFINITY;

  constructor(session: Session, options: { quiet?: boolean }) {
    this.#stderr = session.stderr;
    this.#shown = session.stderr.isTTY === true && session.environment.TERM !== "dumb" && !options.quiet;
  }

  readonly update = (progress: Progress): void => {
    const now = performance.now();
    if (!this.#shown || now - this.#drawn < REDRAW_MS) return;
    this.#drawn = now;
    const width = (this.#stderr.columns || DEFAULT_COLUMNS) - 1;
    this.#stderr.write(CLEAR_LINE + describe(progress).slice(0, width));
  };

  /** Leaves the line empty for whatever is printed next. */
  clear(): void {
    if (this.#drawn > Number.NEGATIVE_INFINITY) this.#stderr.write(CLEAR_LINE);
    this.#drawn = Number.NEGATIVE_INFINITY;
  }
}

/** `parse 12/3400 (35 %) lib/a.js` */
function describe({ stage, done, total, detail }: Progress): string {
  const share = total ? `/${total} (${Math.floor((100 * done) / total)} %)` : "";
  return `${visible(stage)} ${done}${share}${detail === undefined ? "" : ` ${visible(detail)}`}`;
}
