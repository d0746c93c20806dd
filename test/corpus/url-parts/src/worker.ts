type Verb = "POST" | "PUT";

export class WorkerClient {
  private readonly root: string;
  private readonly epoch: number;

  constructor(url: URL, { epoch }: { epoch: number }) {
    if (url.protocol !== "https:") throw new Error(`an address of another kind: ${url.protocol}`);
    const path = url.pathname.replace(/\/$/, "");
    this.root = `${url.protocol}//${url.host}${path}`;
    this.epoch = epoch;
  }

  report(event: string): Promise<void> {
    return this.request("POST", "/worker/events", { event });
  }

  idle(): Promise<void> {
    return this.request("PUT", "/worker", { state: "idle" });
  }

  private async request(method: Verb, path: string, body: object): Promise<void> {
    const headers = { "X-Tide-Epoch": String(this.epoch) };
    await fetch(`${this.root}${path}`, { method, headers, body: JSON.stringify(body) });
  }
}
