import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { shownPrefix } from "../../extractor/classify/credentials.ts";
import type { SecretFinding } from "../../extractor/model/finding.ts";
import { looksRandom } from "../../extractor/secrets/random.ts";
import { at, literal, report, request } from "./findings.ts";

// made up, and put together so that no scanner takes it for a leak
const CLIENT_TOKEN = ["pub", "0123456789abcdef", "0123456789abcdef"].join("");
const FLAG_KEY = ["sdk-", "MadeUpMadeUp1234"].join("");
const sha256 = (text: string) => createHash("sha256").update(text).digest("hex");
const secret = (value: string, sentAs: string | null, line = 1): SecretFinding => ({
  value,
  sentAs,
  evidence: at(line),
});

test("a key is shown as kind, prefix and hash, and goes with its request", () => {
  const found = report({
    requests: [request("https://tool.dev/a", { secrets: [secret(CLIENT_TOKEN, "header DD-API-KEY")] })],
    secrets: [secret(CLIENT_TOKEN, null, 5)],
  });
  expect(found.credentials).toEqual([
    {
      kind: "datadog-client-token",
      sha256: sha256(CLIENT_TOKEN),
      prefix: "pub01234…",
      sentAs: "header DD-API-KEY",
      publicByDesign: true,
      evidence: [at(1), at(5)],
    },
  ]);
  expect(found.endpoints[0]!.credentials).toEqual([sha256(CLIENT_TOKEN)]);
  expect(JSON.stringify(found)).not.toContain(CLIENT_TOKEN);
});

test("the value only when asked for", () => {
  const found = report({ secrets: [secret(CLIENT_TOKEN, null)] }, { reveal: true });
  expect(found.credentials[0]!.value).toBe(CLIENT_TOKEN);
});

test("a shape that says too little needs its name", () => {
  const uuid = "00000000-1111-2222-3333-444444444444";
  const kinds = (sentAs: string | null) =>
    report({ secrets: [secret(uuid, sentAs)] }).credentials.map(({ kind }) => kind);
  expect(kinds("option instrumentationKey")).toEqual(["appinsights-instrumentation-key"]);
  expect(kinds("option CLIENT_ID")).toEqual(["oauth-client-id"]);
  expect(kinds(null)).toEqual([]);
});

test("what is sent in a header and looks random is a key of unknown kind; the rest is none", () => {
  const kinds = (value: string) =>
    report({ secrets: [secret(value, "header X-Anything")] }).credentials.map(({ kind }) => kind);
  expect(kinds("9f8e7d6c5b4a39281706f5e4d3c2b1a0")).toEqual(["unknown"]);
  expect(kinds("Bearer 9f8e7d6c5b4a39281706f5e4d3c2b1a0")).toEqual(["unknown"]);
  for (const value of [
    "application/json",
    "no-cache",
    "tool-cli/1.0.0",
    "prompt-caching-2024-07-31",
    "YOUR_API_KEY_HERE",
  ])
    expect(kinds(value)).toEqual([]);
});

test("a key in a URL is taken out of it, wherever the URL is printed", () => {
  const found = report({
    requests: [request(`https://flags.tool.dev/api/features/${FLAG_KEY}?key=${CLIENT_TOKEN}`)],
    urls: [literal(`https://other.tool.dev/sub/${FLAG_KEY}`)],
  });
  expect(found.endpoints[0]!.url).toBe(
    "https://flags.tool.dev/api/features/{growthbook-client-key}?key={datadog-client-token}",
  );
  expect(found.references[0]!.url).toBe("https://other.tool.dev/sub/{growthbook-client-key}");
  expect(found.credentials.map(({ kind, sentAs }) => [kind, sentAs])).toEqual([
    ["datadog-client-token", "query key"],
    ["growthbook-client-key", "path"],
  ]);
  expect(JSON.stringify(found)).not.toContain(FLAG_KEY);
});

test("a value that only the name of its query parameter makes a key is taken out as well", () => {
  const id = ["00000000-1111-2222-", "3333-444444444444"].join("");
  const found = report({
    requests: [request(`https://login.tool.dev/authorize?code=true&client_id=${id}&scope=a`)],
    secrets: [secret(id, "option CLIENT_ID")],
  });
  expect(found.endpoints[0]!.url).toBe(
    "https://login.tool.dev/authorize?code=true&client_id={oauth-client-id}&scope=a",
  );
  expect(found.credentials.map(({ kind }) => kind)).toEqual(["oauth-client-id"]);
  expect(JSON.stringify(found)).not.toContain(id);
});

test("a URL that is a key as a whole is a credential and no reference", () => {
  const dsn = ["https://", "0123456789abcdef0123456789abcdef", "@errors.tool.dev/1"].join("");
  const found = report({ urls: [literal(dsn)] });
  expect(found.credentials).toMatchObject([{ kind: "sentry-dsn", publicByDesign: true }]);
  expect(found.references).toEqual([]);
});

describe("prefix", () => {
  test.each([
    ["0123456789abcdef0123456789abcdef", "01234567…"],
    ["0123456789ab", "012…"],
    ["abc", "…"],
  ])("%s -> %s", (value, prefix) => {
    expect(shownPrefix(value)).toBe(prefix);
  });
});

describe("random", () => {
  test.each(["9f8e7d6c5b4a39281706f5e4d3c2b1a0", "kJ3nd92KSm1Lq0ZxT7vB", "0a1b2c3d-4e5f-6071-8293-a4b5c6d7e8f9"])(
    "%s",
    (value) => {
      expect(looksRandom(value)).toBe(true);
    },
  );

  test.each([
    "application/octet-stream",
    "aaaaaaaaaaaaaaaaaaa1",
    "files-api-2025-04-14",
    "a short one",
    "v1.2.3-beta.4567.8901",
    "XMLHttpRequest-XMLHttp",
  ])("not %s", (value) => {
    expect(looksRandom(value)).toBe(false);
  });
});
