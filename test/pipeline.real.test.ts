import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { extract } from "../extractor/pipeline.ts";
import { schemaErrors } from "./report-schema.ts";

const cacheDir = fileURLToPath(new URL("../node_modules/.cache/real-packages", import.meta.url));

describe.each([
  ["npm:@github/copilot@1.0.24", "https://api.github.com/"],
  ["npm:@google/gemini-cli@0.61.0", "https://cloudcode-pa.googleapis.com"],
  ["npm:@cursor/sdk@1.0.32", "https://api"],
  ["npm:@anthropic-ai/claude-code@2.0.75", "https://api.anthropic.com/"],
])("%s", (spec, address) => {
  test(`ends with a valid report that knows ${address}…`, async () => {
    const report = await extract(spec, {
      sourceMaps: true,
      reveal: false,
      cache: { cache: true, offline: false, cacheDir },
      limits: {},
    });
    expect(schemaErrors(report)).toEqual([]);
    expect(report.package.version).toBe(spec.split("@").at(-1));
    const urls = report.endpoints.flatMap(({ url, alternatives }) => [url, ...alternatives]);
    expect(urls.filter((url) => url.startsWith(address))).not.toEqual([]);
  });
});
