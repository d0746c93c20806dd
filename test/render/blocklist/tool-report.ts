import type { Report } from "../../../extractor/model/report.ts";
import { endpoint, report } from "../report-fixture.ts";

const safe = { effect: "safe", reason: "nothing the user asked for depends on it" } as const;
const breaks = { effect: "breaks", reason: "no answers" } as const;
const degrades = { effect: "degrades", reason: "no new versions" } as const;

/**
 * A tool with every kind of host: unwanted only, shared, needed, below a blocked one, an address, local, open,
 * impossible.
 */
export const tool: Report = report({
  endpoints: [
    endpoint({ url: "https://api.acme.example/v1/messages", channel: "model-api", ifBlocked: breaks }),
    endpoint({ url: "https://api.acme.example/v1/events/{org}?x={y}", channel: "product-analytics", ifBlocked: safe }),
    endpoint({
      url: "https://stats.example/batch",
      channel: "product-analytics",
      ifBlocked: safe,
      alternatives: ["https://stats-eu.example:8443/batch", "{base}/batch"],
    }),
    endpoint({ url: "https://stats.example/identify", channel: "third-party-logs", ifBlocked: safe }),
    endpoint({ url: "https://login.stats.example/token", channel: "identity", ifBlocked: breaks }),
    endpoint({ url: "https://downloads.example/{file}", channel: "updates", ifBlocked: degrades, method: "GET" }),
    endpoint({ url: "https://203.0.113.9/log", channel: "third-party-logs", ifBlocked: safe }),
    endpoint({ url: "https://[2001:db8::9]/log", channel: "third-party-logs", ifBlocked: safe }),
    endpoint({ url: "http://localhost:4318/v1/traces", channel: "opentelemetry", ifBlocked: safe }),
    endpoint({ url: "http://169.254.169.254/latest", channel: "other", ifBlocked: safe }),
    endpoint({ url: "{OTEL}/v1/traces", channel: "opentelemetry", ifBlocked: safe, holes: { OTEL: { kind: "env" } } }),
    endpoint({ url: "https://{region}.stats.example/x", channel: "product-analytics", ifBlocked: safe }),
    endpoint({ url: "https://b\u00fccher.example/x", channel: "product-analytics", ifBlocked: safe }),
  ],
});
