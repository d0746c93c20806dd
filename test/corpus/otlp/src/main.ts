import { LogExporter, MetricExporter, TraceExporter } from "./exporter.js";

async function main() {
  await new TraceExporter().export([]);
  await new MetricExporter({ headers: { "X-Otlp-Team": "cli" } }).export([]);
  await new LogExporter({ url: "https://otlp.orbitcli.dev/v1/logs" }).export([]);
}

main();
