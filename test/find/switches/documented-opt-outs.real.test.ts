import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import type { GateKind } from "../../../extractor/model/report.ts";
import { takesEffect } from "../../../extractor/model/switches/gates.ts";
import { extract } from "../../../extractor/pipeline.ts";

const cacheDir = fileURLToPath(new URL("../../../node_modules/.cache/real-packages", import.meta.url));

/** An opt-out as the tool's own documentation states it, or its package. */
interface Documented {
  spec: string;
  /** Part of the URL that it stops. */
  endpoint: string;
  kind: GateKind;
  name: string;
  /** The value that the documentation names, and one that leaves the telemetry on. */
  off: string;
  on: string;
  /** What sends in spite of it: a switch for the tool's own tests. */
  unless?: string;
  /** Where the package, or a page that was looked up, says so; absent where its code alone does. */
  documentation?: string;
}

const table: Documented[] = [
  {
    spec: "npm:@angular/cli@22.2.7",
    endpoint: "www.google-analytics.com/g/collect",
    kind: "env",
    name: "NG_CLI_ANALYTICS",
    off: "false",
    on: "true",
    documentation: "https://angular.dev/cli/analytics",
  },
  {
    spec: "npm:@astrojs/telemetry@3.3.3",
    endpoint: "telemetry.astro.build/api/v1/record",
    kind: "env",
    name: "ASTRO_TELEMETRY_DISABLED",
    off: "1",
    on: "",
    documentation: "https://astro.build/telemetry/",
  },
  {
    spec: "npm:@redwoodjs/telemetry@8.9.0",
    endpoint: "telemetry.redwoodjs.com/api/v1/telemetry",
    kind: "env",
    name: "REDWOOD_DISABLE_TELEMETRY",
    off: "1",
    on: "",
    documentation: "https://telemetry.redwoodjs.com/",
  },
  {
    spec: "npm:@tinacms/metrics@2.1.3",
    endpoint: "metrics.tina.io/record",
    kind: "env",
    name: "NO_TELEMETRY",
    off: "1",
    on: "0",
  },
  {
    spec: "npm:apify-cli@1.10.0",
    endpoint: "api.segment.io/v1/track",
    kind: "env",
    name: "APIFY_CLI_DISABLE_TELEMETRY",
    off: "1",
    on: "0",
    documentation: "https://docs.apify.com/cli/docs/telemetry",
  },
  {
    spec: "npm:heroku@11.10.0",
    endpoint: "ingest.us.sentry.io",
    kind: "env",
    name: "DISABLE_TELEMETRY",
    off: "true",
    on: "false",
  },
  {
    spec: "npm:@langchain/langgraph-cli@1.5.1",
    endpoint: "supabase.co/rest/v1/js_logs",
    kind: "env",
    name: "LANGGRAPH_CLI_NO_ANALYTICS",
    off: "1",
    on: "0",
  },
  {
    spec: "npm:create-cloudflare@2.74.0",
    endpoint: "sparrow.cloudflare.com/api/v1/event",
    kind: "env",
    name: "CREATE_CLOUDFLARE_TELEMETRY_DISABLED",
    off: "1",
    on: "0",
    documentation: "https://github.com/cloudflare/workers-sdk/blob/main/packages/create-cloudflare/telemetry.md",
  },
  {
    spec: "npm:wrangler@4.164.0",
    endpoint: "sparrow.cloudflare.com/api/v1/event",
    kind: "env",
    name: "WRANGLER_SEND_METRICS",
    off: "false",
    on: "true",
    documentation: "https://github.com/cloudflare/workers-sdk/tree/main/packages/wrangler/telemetry.md",
  },
  {
    spec: "npm:@aws-amplify/platform-core@1.12.1",
    endpoint: "api.cli.amplify.aws/v1.0/metrics",
    kind: "env",
    name: "AMPLIFY_DISABLE_TELEMETRY",
    off: "1",
    on: "",
  },
  {
    spec: "npm:zenstack@2.22.3",
    endpoint: "api.mixpanel.com/track",
    kind: "env",
    name: "DO_NOT_TRACK",
    off: "1",
    on: "0",
  },
  {
    spec: "npm:lingo.dev@0.138.8",
    endpoint: "eu.i.posthog.com/i/v0/e",
    kind: "env",
    name: "DO_NOT_TRACK",
    off: "1",
    on: "0",
  },
  {
    spec: "npm:hardhat@3.18.0",
    endpoint: "o385026.ingest.us.sentry.io",
    kind: "env",
    name: "HARDHAT_DISABLE_TELEMETRY",
    off: "true",
    on: "1",
    unless: "HARDHAT_TEST_INTERACTIVE_ENV",
  },
  {
    spec: "npm:@github/copilot@1.0.24",
    endpoint: "{telemetry}/telemetry",
    kind: "env",
    name: "COPILOT_OFFLINE",
    off: "true",
    on: "1",
  },
  {
    spec: "npm:@copilotkit/shared@1.75.0",
    endpoint: "api.segment.io/v1/batch",
    kind: "env",
    name: "COPILOTKIT_TELEMETRY_DISABLED",
    off: "true",
    on: "0",
  },
  {
    spec: "npm:@anthropic-ai/claude-code@2.1.91",
    endpoint: "api.anthropic.com/api/event_logging/batch",
    kind: "env",
    name: "DISABLE_TELEMETRY",
    off: "1",
    on: "",
    documentation: "https://code.claude.com/docs/en/data-usage",
  },
];

describe.each(table)("$spec: $name", (row) => {
  const { spec, endpoint, kind, name, off, on, unless } = row;
  test(`${off} stops ${endpoint}, and other values do not`, async () => {
    const cache = { cache: true, offline: false, cacheDir };
    const report = await extract(spec, { sourceMaps: false, reveal: false, cache, limits: {} });
    const sent = report.endpoints.filter(({ method, url }) => method === "POST" && url.includes(endpoint));
    expect(sent).not.toEqual([]);
    for (const { gates } of sent) {
      const gate = gates.find((one) => one.kind === kind && one.name === name);
      expect(gate).toMatchObject({ effect: "silences" });
      if (unless === undefined) expect(gate).not.toHaveProperty("ways");
      else expect(gate?.unless?.map((other) => other.name)).toEqual([unless]);
      expect(gate && [takesEffect(gate, off), takesEffect(gate, on)]).toEqual([true, false]);
    }
  });
});
