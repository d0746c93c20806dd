export interface Exporter<T> {
  export(batch: T[]): Promise<void>;
}

interface Options {
  scheduledDelayMillis?: number;
  maxExportBatchSize?: number;
  maxQueueSize?: number;
}

/** Collects, and hands over in batches. */
export class BatchProcessor<T> {
  private waiting: T[] = [];
  private timer: ReturnType<typeof setTimeout> | undefined;
  private readonly delay: number;
  private readonly batch: number;
  private readonly most: number;

  constructor(
    private readonly exporter: Exporter<T>,
    options: Options = {},
  ) {
    this.delay = options.scheduledDelayMillis ?? 5000;
    this.batch = options.maxExportBatchSize ?? 512;
    this.most = options.maxQueueSize ?? 2048;
  }

  onEmit(one: T) {
    if (this.waiting.length >= this.most) return;
    this.waiting.push(one);
    this.timer ??= setTimeout(() => this.forceFlush(), this.delay);
  }

  async forceFlush() {
    clearTimeout(this.timer);
    this.timer = undefined;
    while (this.waiting.length > 0) await this.exporter.export(this.waiting.splice(0, this.batch));
  }
}
