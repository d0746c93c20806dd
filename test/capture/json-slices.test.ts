import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { CaptureDamage } from "../../extractor/capture/damage.ts";
import { type JsonSlice, sliceJson } from "../../extractor/capture/json-slices.ts";

async function slices(text: string | Buffer, size: number): Promise<JsonSlice[]> {
  const bytes = Buffer.from(text as string);
  async function* chunks() {
    for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
  }
  const found: JsonSlice[] = [];
  for await (const slice of sliceJson(chunks(), ["log", "entries"])) found.push(slice);
  return found;
}

describe("objects of the array, wherever chunks end", () => {
  test("property: the same objects as JSON.parse gives, at every chunk size", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.dictionary(fc.string(), fc.jsonValue())),
        fc.integer({ min: 1, max: 40 }),
        fc.boolean(),
        async (entries, size, pretty) => {
          const text = JSON.stringify(
            { before: [{ entries: [{ a: 1 }] }], log: { 'x"': "entries", entries, after: [{}] } },
            null,
            pretty ? 1 : 0,
          );
          const found = await slices(text, size);
          expect(found.map((slice) => JSON.parse(slice.text!))).toEqual(JSON.parse(text).log.entries);
          for (const { byte } of found)
            expect(
              Buffer.from(text)
                .subarray(byte, byte + 1)
                .toString(),
            ).toBe("{");
        },
      ),
      { numRuns: 200 },
    );
  });

  test("a string over the bound becomes empty, whatever stands around it", async () => {
    const long = "x".repeat(9 << 20);
    const text = JSON.stringify({ log: { entries: [{ a: "1", b: long, c: '\\"' }, { d: long }, { e: 1 }] } });
    const found = await slices(text, 1 << 20);
    expect(found.map((slice) => [JSON.parse(slice.text!), slice.omitted])).toEqual([
      [{ a: "1", b: "", c: '\\"' }, 1],
      [{ d: "" }, 1],
      [{ e: 1 }, 0],
    ]);
  });

  test("an object over the bound is passed over and the next one is read", async () => {
    const part = "x".repeat(7 << 20);
    const text = JSON.stringify({ log: { entries: [{ a: [part, part, part, part, part] }, { e: 1 }] } });
    expect((await slices(text, 1 << 20)).map((slice) => slice.text)).toEqual([null, '{"e":1}']);
  });
});

describe("damage names its byte", () => {
  test.each<[what: string, text: string, message: RegExp, byte: number]>([
    ["cut in a string", '{"log":{"entries":[{"a":"b', /ends inside/, 26],
    ["cut between entries", '{"log":{"entries":[{"a":1},', /ends inside/, 27],
    ["a wrong bracket", '{"log":{"entries":[{"a":1]}', /unexpected \]/, 25],
    ["no entries", '{"log":{"version":"1.2"}}', /no array log\.entries/, 25],
    ["too deep", `{"log":{"entries":[${'{"a":'.repeat(2000)}`, /nested too deeply/, 5004],
  ])("%s", async (_what, text, message, byte) => {
    const error = await slices(text, 7).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(CaptureDamage);
    expect(error).toMatchObject({ message: expect.stringMatching(message), byte });
  });

  test("what stands before the damage is handed out", async () => {
    const found: string[] = [];
    async function* chunks() {
      yield Buffer.from('{"log":{"entries":[{"a":1},{"b":2},{"c":');
    }
    await expect(async () => {
      for await (const { text } of sliceJson(chunks(), ["log", "entries"])) found.push(text!);
    }).rejects.toThrow(CaptureDamage);
    expect(found).toEqual(['{"a":1}', '{"b":2}']);
  });
});
