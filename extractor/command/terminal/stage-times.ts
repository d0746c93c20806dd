/** Seconds of CPU of this process, all its threads together. */
function cpuSeconds(): number {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
}

/** What each stage of a run costs, from the start of the process on. */
export class StageTimes {
  readonly #seconds = new Map<string, number>();
  #stage = "start";
  #since = 0;

  /** A stage begins, and the one before it ends; nothing happens where it is the same. */
  enter(stage: string): void {
    if (stage === this.#stage) return;
    this.#end();
    this.#stage = stage;
  }

  /** Seconds of CPU by stage, in the order in which they began. */
  seconds(): Record<string, number> {
    this.#end();
    return Object.fromEntries(this.#seconds);
  }

  /** A line for each stage, for all of them together, and for the most memory that the process held. */
  table(): string {
    const seconds = Object.entries(this.seconds());
    const rows = [...seconds, ["all", seconds.reduce((sum, [, one]) => sum + one, 0)] as const];
    const width = Math.max("peak RSS".length, ...rows.map(([name]) => name.length));
    const line = (name: string, figure: string, unit: string) =>
      `${name.padEnd(width)} ${figure.padStart(8)} ${unit}\n`;
    const megabytes = (process.resourceUsage().maxRSS * 1024) / 1e6;
    return (
      rows.map(([name, cpu]) => line(name, cpu.toFixed(2), "s of CPU")).join("") +
      line("peak RSS", megabytes.toFixed(0), "MB")
    );
  }

  #end(): void {
    const now = cpuSeconds();
    this.#seconds.set(this.#stage, (this.#seconds.get(this.#stage) ?? 0) + now - this.#since);
    this.#since = now;
  }
}
