import { OTLPMetricExporter } from "@opentelemetry/exporter-metrics-otlp-http";
import { OTLPTraceExporter } from "@opentelemetry/exporter-trace-otlp-http";
import { MeterProvider, PeriodicExportingMetricReader } from "@opentelemetry/sdk-metrics";
import { BasicTracerProvider, SimpleSpanProcessor } from "@opentelemetry/sdk-trace-base";

const meters = new MeterProvider({
  readers: [
    new PeriodicExportingMetricReader({
      exporter: new OTLPMetricExporter({ url: "https://otlp.orbitcli.dev/custom/metrics", headers: { "x-otlp-key": "k" } }),
      exportIntervalMillis: 60_000,
    }),
  ],
});

const tracers = new BasicTracerProvider({ spanProcessors: [new SimpleSpanProcessor(new OTLPTraceExporter())] });

/** The path of a signal below the address of a collector, which may have a path of its own. */
function signalUrl(collector: string, path: string): string {
  const url = new URL(collector);
  const before = url.pathname.endsWith("/") ? url.pathname.slice(0, -1) : url.pathname;
  url.pathname = before.endsWith(path) ? before : `${before}${path}`;
  return url.toString();
}

interface Collector {
  endpoint?: string;
  headers: Record<string, string>;
}

function spansTo(kind: string, { endpoint, headers }: Collector) {
  if (kind === "console" || !endpoint) return null;
  return new SimpleSpanProcessor(new OTLPTraceExporter({ url: signalUrl(endpoint, "/v1/traces"), headers }));
}

const collector = { endpoint: "https://collector.orbitcli.dev", headers: { "x-collector-key": "k" } };
const spans = ["otlp"].map((kind) => spansTo(kind, collector)).filter((one) => one !== null);
const collected = new BasicTracerProvider({ spanProcessors: spans });

async function main() {
  meters.getMeter("orbit").createCounter("orbit.session.count").add(1);
  await meters.forceFlush();
  tracers.getTracer("orbit").startSpan("orbit.session").end();
  await tracers.forceFlush();
  collected.getTracer("orbit").startSpan("orbit.step").end();
  await collected.forceFlush();
  await meters.shutdown();
  await tracers.shutdown();
  await collected.shutdown();
}

main();
