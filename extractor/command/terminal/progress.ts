import type { Progress } from "../../model/progress.ts";
import { visible } from "../../render/terminal.ts";
import type { Session } from "./session.ts";

/** Fast enough to look alive, slow enough to cost nothing. */
const REDRAW_MS = 80;
/** Where stderr is no terminal: nothing about short work, then a line now and then. */
const FIRST_LINE_MS = 10_000;
const NEXT_LINE_MS = 5_000;
/** Some pseudo-terminals say 0, or nothing. */
const DEFAULT_COLUMNS = 80;
const CLEAR_LINE = "\r\x1b[2K";

/** Which share of the work is done where a stage begins, in percent, as it is with large programs. */
const BEGINS: Readonly<Record<string, number>> = {
  resolve: 0,
  download: 1,
  open: 4,
  read: 5,
  analyse: 30,
  maps: 88,
  classify: 94,
  render: 98,
};

/** One line on a terminal, rewritten as the work goes on; elsewhere a line every few seconds. */
export class ProgressLine {
  readonly #stderr: Session["stderr"];
  readonly #kind: "silent" | "terminal" | "lines";
  readonly #now: () => number;
  readonly #began: number;
  #drawn = Number.NEGATIVE_INFINITY;
  #told: number | null = null;
  #share = 0;

  /** @param now milliseconds of a clock that never goes back */
  constructor(session: Session, options: { quiet?: boolean }, now: () => number = () => performance.now()) {
    const isTerminal = session.stderr.isTTY === true && session.environment.TERM !== "dumb";
    this.#stderr = session.stderr;
    this.#kind = options.quiet ? "silent" : isTerminal ? "terminal" : "lines";
    this.#now = now;
    this.#began = now();
  }

  readonly update = (progress: Progress): void => {
    this.#share = Math.max(this.#share, shareOf(progress));
    const now = this.#now();
    const text = `${describe(progress, this.#share)}, ${elapsed(now - this.#began)}`;
    if (this.#kind === "lines") this.#line(text, now);
    if (this.#kind !== "terminal" || now - this.#drawn < REDRAW_MS) return;
    this.#drawn = now;
    const width = (this.#stderr.columns || DEFAULT_COLUMNS) - 1;
    this.#stderr.write(CLEAR_LINE + text.slice(0, width));
  };

  /** Leaves the line empty for whatever is printed next. */
  clear(): void {
    if (this.#drawn > Number.NEGATIVE_INFINITY) this.#stderr.write(CLEAR_LINE);
    this.#drawn = Number.NEGATIVE_INFINITY;
  }

  #line(text: string, now: number): void {
    if (now - (this.#told ?? this.#began) < (this.#told === null ? FIRST_LINE_MS : NEXT_LINE_MS)) return;
    this.#told = now;
    this.#stderr.write(`extract: ${text}\n`);
  }
}

/** Percent of the whole work; a stage with a known total fills the part between its beginning and that of the next. */
function shareOf({ stage, done, total }: Progress): number {
  const begins = BEGINS[stage];
  if (begins === undefined) return 0;
  const next = Math.min(...Object.values(BEGINS).filter((other) => other > begins), 100);
  return Math.floor(begins + (total ? Math.min(1, done / total) * (next - begins) : 0));
}

/** `analyse 3/9 (52 %) telemetry events` */
function describe({ stage, done, total, detail }: Progress, share: number): string {
  const size = total ? ` ${done}/${total}` : done > 0 ? ` ${done.toLocaleString("en-US")}` : "";
  return `${visible(stage)}${size} (${share} %)${detail === undefined ? "" : ` ${visible(detail)}`}`;
}

function elapsed(milliseconds: number): string {
  const seconds = Math.floor(milliseconds / 1000);
  return seconds < 60 ? `${seconds} s` : `${Math.floor(seconds / 60)} min ${seconds % 60} s`;
}
