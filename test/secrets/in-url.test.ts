import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { secretsIn } from "../../extractor/secrets/in-url.ts";
import { maskText, maskUrl, plainJudge } from "../../extractor/secrets/mask.ts";

// made up, and put together so that no scanner takes them for leaks
const KEY = ["Zk93hdQm2Lp0", "aXv7Yt5cRw1e"].join("");
const HEX = ["0123456789abcdef", "fedcba9876543210"].join("");

describe("what is masked, and how it is sent", () => {
  test.each([
    [`https://svc:hunter2@h.dev/x`, "https://svc:{key}@h.dev/x", ["userinfo"]],
    [`https:\\\\svc:hunter2@h.dev\\x`, "https:\\\\svc:{key}@h.dev\\x", ["userinfo"]],
    [`postgres://u:p4ss@db.h.dev/n`, "postgres://u:{key}@db.h.dev/n", ["userinfo"]],
    [`https://${KEY}@h.dev/a.git`, "https://{key}@h.dev/a.git", ["user"]],
    [`https://h.dev/x?api_key=letmein&v=2`, "https://h.dev/x?api_key={key}&v=2", ["query api_key"]],
    [`https://h.dev/x?apikey=a1&y=1`, "https://h.dev/x?apikey={key}&y=1", ["query apikey"]],
    [`https://h.dev/x?X-Amz-Signature=abc123`, "https://h.dev/x?X-Amz-Signature={key}", ["query X-Amz-Signature"]],
    [`https://h.dev/x?sig=a%2Bb%3D&se=1`, "https://h.dev/x?sig={key}&se=1", ["query sig"]],
    [`https://h.dev/x?q=${KEY}`, "https://h.dev/x?q={key}", ["query q"]],
    [`https://h.dev/x#access_token=abc1`, "https://h.dev/x#access_token={key}", ["query access_token"]],
    [`https://h.dev/x#${KEY}`, "https://h.dev/x#{key}", ["path"]],
    [`https://h.dev/hook/T0A1/B9Z8/${KEY}`, "https://h.dev/hook/T0A1/B9Z8/{key}", ["path"]],
    [`https://h.dev/bot123456789:${KEY}/send`, "https://h.dev/bot{key}/send", ["path"]],
    [`https://h.dev/in/8f14e45f-ceea-467f-a0e5-3d1d5b2c4e11`, "https://h.dev/in/{key}", ["path"]],
    [`https://h.dev/a;jsessionid=9A8B7C6D/b`, "https://h.dev/a;jsessionid={key}/b", ["query jsessionid"]],
    [`https://h.dev/r?to=https%3A%2F%2Fi.dev%2F%3Ftoken%3Dletmein`, "https://h.dev/r?to={key}", ["query token"]],
    [`https://h.dev/r?c=%7B%22apiKey%22%3A%22hunter22%22%7D`, "https://h.dev/r?c={key}", ["query apiKey"]],
    [`{base}/x?token={env}&key=${KEY}`, `{base}/x?token={env}&key={key}`, ["query key"]],
  ])("%s", (url, masked, ways) => {
    expect(maskUrl(url)).toBe(masked);
    expect(secretsIn(url, plainJudge).map(({ sentAs }) => sentAs)).toEqual(ways);
  });
});

test.each([
  "https://h.dev/v1/models/some-model-4-5-20250929:generateContent?alt=sse",
  "https://h.dev/api/organization/tool_first_token_date",
  "https://h.dev/tool-dist-86c565f3-f756-42ad-8dfa-d59b1c096819/releases/latest",
  "https://h.dev/aiserver.v1.DashboardService/GetTeamAdminSettingsOrEmptyIfNotInTeam",
  "https://h.dev/owner/repo/blob/40b84530640aa83a0d34a20a2b0623d7b8e5ea97/a.md",
  "https://h.dev/assets/index-4f3a2b1c9d8e7f6a5b4c.js",
  "https://h.dev/x?grant_type=refresh_token&code=true&state={id}&page=2&t=1700000000000",
  "https://{user}:{password}@h.dev/",
  "ssh://git@h.dev/owner/repo.git",
  "https://h.dev/a?token=&key=",
])("left alone: %s", (url) => expect(maskUrl(url)).toBe(url));

test("words for people", () => {
  expect(maskText(`fetch at https://h.dev/x?token=abc, again with ${HEX}.`)).toBe(
    "fetch at https://h.dev/x?token={key} again with {key}.",
  );
  expect(maskText("cut in parseClassifierStage1CacheReadInputTokens at cli.js:12")).toBe(
    "cut in parseClassifierStage1CacheReadInputTokens at cli.js:12",
  );
});

test("a bot's key is one whatever it looks like", () => {
  expect(maskUrl("https://h.dev/bot1234567:Aaa0AAA00AA0aaicCbBDGAEH/x")).not.toContain("AA0aaicCbB");
});

test("what is masked stays masked, and nothing random is left of it", () => {
  const secret = fc
    .stringMatching(/^[A-Za-z\d]{24,40}$/)
    .filter((text) => /\d/.test(text) && /[a-z]/i.test(text) && new Set(text).size >= 12);
  const place = fc.constantFrom(
    (s: string) => `https://h.dev/x?token=${s}`,
    (s: string) => `https://u:${s}@h.dev/`,
    (s: string) => `https://h.dev/x?redirect=${encodeURIComponent(`https://i.dev/?api_key=${s}&b=1`)}`,
    (s: string) => `https://h.dev/x;jsessionid=${s}?a=b`,
    (s: string) => `https://h.dev/x?j=${encodeURIComponent(JSON.stringify({ password: s }))}`,
    (s: string) => `https://h.dev/bot1234567:${s}/x`,
  );
  fc.assert(
    fc.property(secret, place, (value, at) => {
      const masked = maskUrl(at(value));
      expect(masked).not.toContain(value);
      expect(maskUrl(masked)).toBe(masked);
    }),
    { numRuns: 2000 },
  );
});
