export type OnEvent = (name: string, fields?: Record<string, unknown>) => Promise<void>;

export class Uploader {
  private onEvent: OnEvent;
  constructor(options: { onEvent: OnEvent }) {
    this.onEvent = options.onEvent;
  }
  async upload(bytes: number) {
    await this.onEvent("orbit_upload_started", { bytes });
    await this.onEvent("orbit_upload_done");
  }
}

export async function poll(times: number, report: OnEvent) {
  for (let i = 0; i < times; i++) await report("orbit_poll_tick", { tick: i });
}
