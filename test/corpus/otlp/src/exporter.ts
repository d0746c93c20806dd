export interface ExporterConfig {
  url?: string;
  headers?: Record<string, string>;
}

function appendResourcePath(base: string, path: string) {
  return base.endsWith("/") ? base + path : `${base}/${path}`;
}

function endpointFor(signal: string, path: string) {
  const specific = process.env[`OTEL_EXPORTER_OTLP_${signal}_ENDPOINT`]?.trim();
  if (specific) return specific;
  const general = process.env.OTEL_EXPORTER_OTLP_ENDPOINT?.trim();
  return general ? appendResourcePath(general, path) : undefined;
}

export abstract class OtlpHttpExporter {
  readonly url: string;
  private headers: Record<string, string>;

  constructor(signal: string, path: string, config: ExporterConfig = {}) {
    this.url = config.url ?? endpointFor(signal, path) ?? `http://localhost:4318/${path}`;
    this.headers = { "X-Otlp-Exporter": "orbit", ...config.headers };
  }

  export(items: unknown[]) {
    return fetch(this.url, { method: "POST", headers: this.headers, body: JSON.stringify({ items }) });
  }
}

export class TraceExporter extends OtlpHttpExporter {
  constructor(config?: ExporterConfig) {
    super("TRACES", "v1/traces", config);
  }
}

export class MetricExporter extends OtlpHttpExporter {
  constructor(config?: ExporterConfig) {
    super("METRICS", "v1/metrics", config);
  }
}

export class LogExporter extends OtlpHttpExporter {
  constructor(config?: ExporterConfig) {
    super("LOGS", "v1/logs", config);
  }
}
