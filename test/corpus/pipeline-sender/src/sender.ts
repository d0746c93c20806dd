import { promisify } from "node:util";
import { gzip } from "node:zlib";

const compress = promisify(gzip);

const EVERY = 25_000;
const AT_ONCE = 40;

interface SenderOptions {
  every?: number;
  atOnce?: number;
}

/** Keeps lines, and sends them together. */
export class LineSender {
  private lines: string[] = [];
  private timer: NodeJS.Timeout | undefined;
  private readonly url: string;
  private readonly every: number;
  private readonly atOnce: number;

  constructor(url: string, options?: SenderOptions) {
    this.url = url;
    this.every = options?.every ?? EVERY;
    this.atOnce = options?.atOnce ?? AT_ONCE;
    this.start();
  }

  enqueue(line: string) {
    this.lines.push(line);
    if (this.lines.length >= this.atOnce) this.fire();
  }

  async dispose() {
    clearInterval(this.timer);
    await this.flush();
  }

  private async flush() {
    if (this.lines.length === 0) return;
    const lines = this.lines;
    this.lines = [];
    const text = lines.join("\n");
    let packed: Buffer;
    try {
      packed = await compress(text);
    } catch {
      return;
    }
    await fetch(this.url, {
      method: "POST",
      headers: { "Content-Type": "application/x-json-stream", "Content-Encoding": "gzip" },
      body: packed,
    });
  }

  private fire() {
    void this.flush();
  }

  private start() {
    this.timer ??= setInterval(() => this.fire(), this.every);
    this.timer.unref();
  }
}
