class AnalyticsClient {
  constructor(private url: string) {}
  async capture(event: string, fields: Record<string, unknown>) {
    await fetch(this.url, { method: "POST", body: JSON.stringify({ event, fields }) });
  }
}

let client: AnalyticsClient | null = null;

export function initAnalytics() {
  if (process.env.ORBIT_DISABLE_ANALYTICS) return;
  client = new AnalyticsClient("https://analytics.orbitcli.dev/v1/capture");
}

export async function capture(event: string, fields: Record<string, unknown> = {}) {
  await client?.capture(event, fields);
}
