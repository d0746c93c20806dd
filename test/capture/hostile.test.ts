import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { ExtractorError } from "../../extractor/errors.ts";
import { captureFile, collect } from "./collect.ts";
import { flowOf, harOf, ndjsonOf, rrpairOf, type Sent, urlLogOf } from "./write.ts";

const REQUESTS: Sent[] = Array.from({ length: 5 }, (_, index) => ({
  method: "POST",
  url: `https://api.example.com/v1/${index}`,
  headers: { "User-Agent": "tool/1.0", "Content-Type": "application/json" },
  body: JSON.stringify({ event: `e${index}`, text: "x".repeat(40) }),
}));

const WHOLE: Record<string, Buffer> = {
  har: Buffer.from(harOf(REQUESTS)),
  mitmproxy: Buffer.concat(REQUESTS.map((request) => flowOf(request))),
  ndjson: Buffer.from(ndjsonOf(REQUESTS)),
  rrpair: Buffer.from(rrpairOf(REQUESTS[0]!)),
  "url-log": Buffer.from(urlLogOf(REQUESTS)),
};

describe("cut files: what was read is kept and counted, and the byte is named", () => {
  test.each([
    ["har", 0.5, /damaged HAR at byte \d+: the file ends inside the document; [1-4] requests were read before/],
    ["har", 0.99, /damaged HAR at byte \d+: .*; [45] requests were read before/],
    ["mitmproxy", 0.5, /damaged mitmproxy flows at byte \d+: the last flow is cut off; 2 requests were read before/],
  ])("%s at %d", async (format, share, detail) => {
    const whole = WHOLE[format]!;
    const { exchanges, files, diagnostics } = await collect(
      captureFile(whole.subarray(0, Math.floor(whole.length * share))),
    );
    expect(files).toMatchObject([{ records: exchanges.length, complete: false }]);
    expect(exchanges.length).toBeGreaterThan(0);
    expect(diagnostics).toMatchObject([{ kind: "capture-damaged", detail: expect.stringMatching(detail) }]);
  });

  test("a line that is cut is counted with its byte", async () => {
    const whole = WHOLE.ndjson!;
    const { exchanges, diagnostics } = await collect(captureFile(whole.subarray(0, whole.length - 20)));
    expect(exchanges).toHaveLength(4);
    expect(diagnostics).toMatchObject([
      { kind: "capture-record", detail: expect.stringMatching(/line 5 at byte \d+ is not a request/) },
    ]);
  });

  test("damaged from the start is an error that names file and byte", async () => {
    const error = await collect(captureFile(WHOLE.mitmproxy!.subarray(0, 100), "cut.mitm")).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ExtractorError);
    expect(error.message).toMatch(/cut\.mitm: damaged mitmproxy flows at byte 0: .*; no request could be read/);
  });

  test("a length that lies ends the reading there", async () => {
    const [first, second] = [flowOf(REQUESTS[0]!), flowOf(REQUESTS[1]!)];
    const { exchanges, diagnostics } = await collect(
      captureFile(Buffer.concat([first, Buffer.from("99999999:"), second])),
    );
    expect(exchanges).toHaveLength(1);
    expect(diagnostics.map(({ kind }) => kind)).toContain("capture-damaged");
  });

  test("an entry that isn't one is passed over", async () => {
    const text = harOf(REQUESTS).replace('"method":"POST","url":"https://api.example.com/v1/2"', '"method":7,"url":{}');
    const { exchanges, diagnostics } = await collect(captureFile(text));
    expect(exchanges).toHaveLength(4);
    expect(diagnostics).toMatchObject([
      { kind: "capture-record", count: 1, detail: expect.stringMatching(/entry 3 at byte \d+/) },
    ]);
  });
});

/** Whatever the bytes are: requests, or an error of ours; never a crash, never a hang. */
async function survives(bytes: Uint8Array): Promise<void> {
  const before = performance.now();
  try {
    const { exchanges, files } = await collect(captureFile(bytes));
    expect(exchanges.length).toBeGreaterThan(0);
    expect(files.reduce((sum, { records }) => sum + records, 0)).toBe(exchanges.length);
    for (const { url, method } of exchanges) expect(`${method} ${url}`).toMatch(/^\S+ (https?|wss?):\/\/./i);
  } catch (error) {
    expect(error).toBeInstanceOf(ExtractorError);
  }
  expect(performance.now() - before).toBeLessThan(5000);
}

describe("fuzz, bounded", () => {
  const change = fc.record({
    at: fc.double({ min: 0, max: 1, noNaN: true }),
    remove: fc.nat({ max: 30 }),
    insert: fc.oneof(
      fc.uint8Array({ maxLength: 12 }),
      fc
        .constantFrom('"', "{", "[", "]}", "\\", "999:", "}", "### REQUEST ###\n", "\u0000", "\n")
        .map((text) => Buffer.from(text)),
    ),
  });

  test.each(Object.entries(WHOLE))("%s, mutated", async (_format, whole) => {
    await fc.assert(
      fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 6 }), async (changes) => {
        let bytes: Buffer = whole;
        for (const { at, remove, insert } of changes) {
          const from = Math.floor(at * bytes.length);
          bytes = Buffer.concat([bytes.subarray(0, from), insert, bytes.subarray(from + remove)]);
        }
        await survives(bytes);
      }),
      { numRuns: 150 },
    );
  });

  test("any bytes", async () => {
    await fc.assert(fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), survives), { numRuns: 150 });
  });

  test("brackets, quotes and digits without end", async () => {
    for (const text of [
      '{"log":{"entries":[',
      '{"log":{"entries":[{"a":',
      "9:",
      "1:1:1:",
      '{"url":',
      "### REQUEST ###\n```\n",
      "GET https://",
    ]) {
      await survives(Buffer.from(text + '[{"\\'.repeat(20_000)));
      await survives(Buffer.from(text.repeat(20_000)));
    }
  });
});
