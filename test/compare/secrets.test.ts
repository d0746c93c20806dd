import { expect, test } from "vitest";
import { checkFormats } from "../../extractor/render/check/formats.ts";
import { captureFile, collect } from "../capture/collect.ts";
import { flowOf, harOf, rrpairOf, type Sent, urlLogOf } from "../capture/write.ts";
import { check } from "./check.ts";
import { endpoint, report } from "./report.ts";

// Made up; each stands where such a value stands in real captures.
const SECRETS = {
  bearer: "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJmYWtlIn0.c2lnbmF0dXJlLWZha2U",
  apiKey: `sk-${"test"}-A1b2C3d4E5f6G7h8I9j0`,
  cookie: "session=Zm9vYmFyYmF6cXV4MTIzNDU2",
  query: "AIzaFakeFakeFakeFake1234567890abcdef",
  userInfo: "hunter2hunter2",
  path: "ghp_A1b2C3d4E5f6G7h8I9j0K1l2M3n4O5p6",
  uuid: "0b1c2d3e-1111-4222-8333-444455556666",
  bot: "bot123456789:AAFakeFakeFakeFakeFakeFakeFakeFakeFake",
  body: "correct-horse-battery-staple-9",
  agent: "A1b2C3d4E5f6G7h8I9j0K1l2M3n4",
  answer: "answer-secret-71c9",
  letters: "sdk-zAbCdEfGhIjKlMnO",
  mail: "jane.doe@mail.example.org",
};

const REQUESTS: Sent[] = [
  {
    method: "POST",
    url: `https://user:${SECRETS.userInfo}@api.example.com/v1/keys/${SECRETS.path}/x?key=${SECRETS.query}`,
    headers: {
      Authorization: `Bearer ${SECRETS.bearer}`,
      "X-Api-Key": SECRETS.apiKey,
      Cookie: SECRETS.cookie,
      "User-Agent": `tool/1.0 key=${SECRETS.agent}`,
      "Content-Type": "application/json",
    },
    body: JSON.stringify({
      event: "opened",
      token: SECRETS.body,
      device_id: SECRETS.uuid,
      properties: { password: SECRETS.body },
    }),
    answer: JSON.stringify({ secret: SECRETS.answer }),
  },
  {
    method: "GET",
    url: `https://api.example.com/${SECRETS.bot}/send/${SECRETS.uuid}`,
    headers: { Authorization: `Bearer ${SECRETS.bearer}` },
  },
  {
    method: "GET",
    url: `https://api.example.com/v1/keys?${SECRETS.query}`,
    headers: { Authorization: `Bearer ${SECRETS.bearer}` },
    body: JSON.stringify({ device_id: SECRETS.uuid }),
  },
  { method: "POST", url: `https://api.example.com/eval/${SECRETS.letters}` },
  { method: "GET", url: `https://api.example.com/users/${SECRETS.mail}` },
];

test.each([
  ["HAR", harOf(REQUESTS)],
  ["flows", Buffer.concat(REQUESTS.map((request) => flowOf(request)))],
  ["RRPair", rrpairOf(REQUESTS[0]!)],
  ["URL log", urlLogOf(REQUESTS)],
])("nothing secret of a %s is in any output", async (_format, content) => {
  const { exchanges, diagnostics } = await collect(captureFile(content));
  expect(exchanges.length).toBeGreaterThan(0);
  const known = report([endpoint("GET", "https://api.example.com/{token}/send/{id}")]);
  const options = {
    environment: new Map([["SOME_URL", `https://${SECRETS.userInfo}.example.net`]]),
    explainUnpredicted: true,
  };
  const result = check(known, exchanges, options);
  const outputs = Object.values(checkFormats).map(({ render }) =>
    render({ ...result, diagnostics }, { color: false, columns: 120, all: true }),
  );
  for (const output of outputs) {
    expect(output).toContain("api.example.com");
    for (const [name, secret] of Object.entries(SECRETS)) {
      for (const part of secret.split(/[.=:]/).filter((piece) => piece.length > 8))
        expect(output, name).not.toContain(part);
    }
  }
});
