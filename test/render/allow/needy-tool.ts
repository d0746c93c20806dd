import type { Report } from "../../../extractor/model/report.ts";
import { endpoint, report } from "../report-fixture.ts";

const safe = { effect: "safe", reason: "nothing the user asked for depends on it" } as const;
const breaks = { effect: "breaks", reason: "no answers" } as const;
const degrades = { effect: "degrades", reason: "no new versions" } as const;

/** A tool with a host of every need, and with every way in which a host can be open. */
export const needy: Report = report({
  endpoints: [
    endpoint({
      url: "https://api.acme.example/v1/chats/{id}/messages",
      channel: "model-api",
      ifBlocked: breaks,
      gates: [{ kind: "flag", name: "acme_region", effect: "redirects" }],
    }),
    endpoint({
      url: "https://api.acme.example/v1/events?x={y}",
      channel: "product-analytics",
      ifBlocked: safe,
      gates: [{ kind: "env", name: "ACME_NO_EVENTS", effect: "silences" }],
    }),
    endpoint({ url: "https://stats.example/batch", channel: "product-analytics", ifBlocked: safe }),
    endpoint({ url: "https://downloads.example:8443/{file}", channel: "updates", ifBlocked: degrades, method: "GET" }),
    endpoint({
      url: "https://login.acme.example/token",
      channel: "identity",
      ifBlocked: breaks,
      alternatives: ["https://login.staging.example/token"],
    }),
    endpoint({
      url: "https://cloud.example/invoke",
      channel: "model-api",
      ifBlocked: breaks,
      gates: [{ kind: "env", name: "ACME_USE_CLOUD", effect: "enables" }],
    }),
    endpoint({ url: "https://{team}.teams.example/", ifBlocked: degrades, holes: { team: { kind: "config" } } }),
    endpoint({ url: "https://llm.{REGION}.cloud.example/", ifBlocked: breaks, holes: { REGION: { kind: "env" } } }),
    endpoint({ url: "https://{zone}-llm.cloud.example/", ifBlocked: breaks, holes: { zone: { kind: "config" } } }),
    endpoint({ url: "https://{bucket}.s3.amazonaws.com/", ifBlocked: breaks, holes: { bucket: { kind: "response" } } }),
    endpoint({ url: "https://{anything}/", ifBlocked: breaks, holes: { anything: { kind: "config" } } }),
    endpoint({ url: "{ACME_URL}/v1", ifBlocked: breaks, holes: { ACME_URL: { kind: "env" } } }),
    endpoint({
      url: "{upload.url}",
      ifBlocked: degrades,
      holes: { "upload.url": { kind: "response", from: "https://api.acme.example/v1/uploads" } },
    }),
    endpoint({ url: "https://203.0.113.9/log", ifBlocked: degrades }),
    endpoint({ url: "https://[2001:db8::9]/log", ifBlocked: degrades }),
    endpoint({ url: "http://localhost:4318/v1/traces", ifBlocked: degrades }),
    endpoint({ url: "https://github.io/", ifBlocked: degrades }),
  ],
});
