import type { LogRecord, Provider } from "./api.js";

/** Sends what has gathered in the form of OTLP. */
export class HttpProvider implements Provider {
  private waiting: [string, LogRecord][] = [];

  constructor(private readonly endpoint = process.env.OTEL_EXPORTER_OTLP_ENDPOINT ?? "http://localhost:4318") {}

  emit(scope: string, record: LogRecord) {
    this.waiting.push([scope, record]);
  }

  async flush() {
    const scopeLogs = this.waiting.map(([name, record]) => ({ scope: { name }, logRecords: [record] }));
    this.waiting = [];
    await fetch(`${this.endpoint}/v1/logs`, { method: "POST", body: JSON.stringify({ resourceLogs: [{ scopeLogs }] }) });
  }
}
