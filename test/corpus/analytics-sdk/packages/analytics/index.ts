export interface AnalyticsOptions {
  writeKey: string;
  host?: string;
  path?: string;
  flushAt?: number;
  disable?: boolean;
}

interface Message {
  type: string;
  event?: string;
  properties?: Record<string, unknown>;
  userId?: string;
}

const trimSlash = (text: string) => text.replace(/\/$/, "");

export class Analytics {
  private readonly host: string;
  private readonly path: string;
  private readonly writeKey: string;
  private readonly flushAt: number;
  private readonly disable: boolean;
  private queue: Message[] = [];

  constructor(options: AnalyticsOptions) {
    this.host = trimSlash(options.host ?? "https://api.segmentlike.dev");
    this.path = options.path ?? "/v1/batch";
    this.writeKey = options.writeKey;
    this.flushAt = Math.max(options.flushAt ?? 20, 1);
    this.disable = options.disable ?? false;
  }

  track(message: { event: string; properties?: Record<string, unknown> }) {
    return this.enqueue({ type: "track", ...message });
  }

  identify(userId: string) {
    return this.enqueue({ type: "identify", userId });
  }

  private async enqueue(message: Message) {
    if (this.disable) return;
    this.queue.push(message);
    if (this.queue.length >= this.flushAt) await this.flush();
  }

  async flush() {
    const batch = this.queue.splice(0, this.flushAt);
    if (batch.length === 0) return;
    await fetch(`${this.host}${this.path}`, {
      method: "POST",
      headers: { Authorization: `Basic ${Buffer.from(`${this.writeKey}:`).toString("base64")}` },
      body: JSON.stringify({ batch }),
    });
  }
}
