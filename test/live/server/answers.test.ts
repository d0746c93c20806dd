import { describe, expect, test } from "vitest";
import { Answers } from "../../../extractor/live/server/answers.ts";
import { filler } from "../../../extractor/live/server/placeholders.ts";
import { loadSignatures } from "../../../extractor/signatures/load.ts";

const { answers: sets } = await loadSignatures();
const shipped = new Answers(
  sets.flatMap(({ answers }) => answers),
  new Map<string, unknown>([["some_flag", true]]),
);

function said(method: string, url: string, body = "") {
  const { hostname, pathname } = new URL(url);
  const asked = { method, host: hostname, path: pathname, body: Buffer.from(body) };
  const reply = shipped.reply(shipped.find(asked, "http"), asked);
  return { ...reply, body: reply.body.toString() };
}

describe("shipped answers", () => {
  test("a model streams where a stream was asked for", () => {
    const url = "https://models.example.com/v1/chat/completions";
    expect(said("POST", url, '{"stream": true, "model": "m-1"}')).toMatchObject({
      status: 200,
      headers: { "content-type": "text/event-stream; charset=utf-8" },
      body: expect.stringMatching(/"model":"m-1".*\n\ndata: \[DONE\]\n\n$/s),
    });
    expect(JSON.parse(said("POST", url, '{"model":"m-1"}').body)).toMatchObject({
      object: "chat.completion",
      model: "m-1",
    });
  });

  test("flags are served where flags are asked for", () => {
    const { body } = said("POST", "https://flags.example.com/api/eval/client-key", "{}");
    expect(JSON.parse(body)).toEqual({ status: 200, features: { some_flag: { defaultValue: true } } });
  });

  test("telemetry is accepted, and what nobody knows is an empty document", () => {
    expect(said("POST", "https://collector.example.com/v1/traces", "{}").status).toBe(200);
    expect(said("GET", "https://nobody.example.com/anything")).toEqual({
      status: 200,
      headers: { "content-type": "application/json" },
      body: "{}",
    });
  });
});

test("answers for a host come before those for all", () => {
  const own = new Answers([{ json: 1 }, { host: "example.com", json: 2 }], new Map());
  const asked = { method: "GET", host: "a.example.com", path: "/", body: Buffer.alloc(0) };
  expect(own.reply(own.find(asked, "http"), asked).body.toString()).toBe("2");
  const elsewhere = { ...asked, host: "example.org" };
  expect(own.reply(own.find(elsewhere, "http"), elsewhere).body.toString()).toBe("1");
});

describe("placeholders", () => {
  const fill = filler({ method: "POST", host: "h", path: "/p", body: Buffer.from('{"a":{"b":[7]}}') });

  test("a text that is one becomes the value itself, whatever its type", () => {
    expect(fill({ n: "{{body.a.b}}", missing: "{{body.x.y}}", t: "{{host}}{{path}}!" })).toEqual({
      n: [7],
      missing: null,
      t: "h/p!",
    });
    expect(fill("{{now+60}}")).toBeGreaterThan(Date.now() / 1000 + 50);
  });

  test("claims may end in braces", () => {
    const [, claims = ""] = String(fill('{{jwt {"a":{"b":1}}}}')).split(".");
    expect(JSON.parse(Buffer.from(claims, "base64url").toString())).toEqual({ a: { b: 1 } });
  });
});
