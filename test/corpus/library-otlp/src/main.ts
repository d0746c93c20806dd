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

async function main() {
  meters.getMeter("orbit").createCounter("orbit.session.count").add(1);
  await meters.forceFlush();
  tracers.getTracer("orbit").startSpan("orbit.session").end();
  await tracers.forceFlush();
  await meters.shutdown();
  await tracers.shutdown();
}

main();
