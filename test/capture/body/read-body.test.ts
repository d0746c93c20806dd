import { brotliCompressSync, deflateRawSync, deflateSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import type { BodyHeaders } from "../../../extractor/capture/body/body-headers.ts";
import { readBody } from "../../../extractor/capture/body/read-body.ts";
import { DiagnosticLog } from "../../../extractor/model/diagnostic.ts";

const JSON_TYPE = "application/json";

function read(bytes: Buffer | string, headers: Partial<BodyHeaders> = {}) {
  const log = new DiagnosticLog();
  const { body, content } = readBody(
    Buffer.from(bytes as string),
    { type: "", encoding: null, messageEncoding: null, length: 0, ...headers },
    { file: "f", record: 1 },
    log,
  );
  return { body: body === null ? null : Buffer.from(body).toString("latin1"), content, diagnostics: log.list() };
}

/** RFC 8878: a frame of one raw block. */
function zstdRaw(text: string): Buffer {
  const data = Buffer.from(text);
  const block = (data.length << 3) | 1;
  return Buffer.concat([
    Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x20, data.length, block & 0xff, (block >> 8) & 0xff, block >> 16]),
    data,
  ]);
}

const text = JSON.stringify({ event: "opened", fields: { a: 1 } });

describe("content-encodings", () => {
  test.each<[string, Buffer, string | null]>([
    ["gzip", gzipSync(text), "gzip"],
    ["gzip without a header", gzipSync(text), null],
    ["br", brotliCompressSync(text), "br"],
    ["deflate", deflateSync(text), "deflate"],
    ["raw deflate", deflateRawSync(text), "deflate"],
    ["zstd", zstdRaw(text), "zstd"],
    ["two of them", gzipSync(brotliCompressSync(text)), "br, gzip"],
    ["already decoded by the recorder", Buffer.from(text), "zstd"],
    ["already decoded, brotli", Buffer.from(text), "br"],
    ["an unknown one", Buffer.from(text), "snappy"],
    ["a name of Object.prototype", Buffer.from(text), "constructor"],
  ])("%s", (_what, bytes, encoding) => {
    const { body, content, diagnostics } = read(bytes, { type: JSON_TYPE, encoding });
    expect(body).toBe(text);
    expect(content).toEqual({ kind: "json", documents: [JSON.parse(text)] });
    expect(diagnostics).toEqual([]);
  });

  test.each<[string, Buffer, string]>([
    ["cut gzip", gzipSync("x".repeat(5000)).subarray(0, 20), "gzip"],
    ["a gzip bomb", gzipSync(Buffer.alloc(64 << 20)), "gzip"],
    ["a zstd frame that asks for a huge window", Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xff, 1, 0, 0]), "zstd"],
    [
      "a zstd frame that claims a huge content",
      Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0xe0, 0, 0, 0, 0, 0, 1, 0, 0, 1, 0, 0]),
      "zstd",
    ],
    ["cut zstd", zstdRaw(text).subarray(0, 12), "zstd"],
  ])("%s is counted, and nothing is read from it", (_what, bytes, encoding) => {
    const { content, diagnostics } = read(bytes, { type: JSON_TYPE, encoding });
    expect(content).toEqual({ kind: "binary", documents: [] });
    expect(diagnostics).toMatchObject([{ kind: "capture-body", count: 1 }]);
  });
});

describe("kinds of content", () => {
  const multipart =
    '--b\r\nContent-Disposition: form-data; name="file"; filename="a.txt"\r\n\r\nx\r\n--b\r\nContent-Disposition: form-data; name="note"\r\n\r\ny\r\n--b--\r\n';
  const frame = (payload: string | Buffer, flags = 0) => {
    const bytes = Buffer.from(payload as string);
    const head = Buffer.alloc(5);
    head[0] = flags;
    head.writeUInt32BE(bytes.length, 1);
    return Buffer.concat([head, bytes]);
  };
  test.each<[string, Buffer | string, string, object]>([
    ["JSON", text, JSON_TYPE, { kind: "json", documents: [JSON.parse(text)] }],
    ["JSON with a byte order mark", `\uFEFF${text}`, JSON_TYPE, { kind: "json", documents: [JSON.parse(text)] }],
    ["JSON that says it is text", text, "text/plain;charset=UTF-8", { kind: "json", documents: [JSON.parse(text)] }],
    [
      "a stream of documents",
      '{"a":1}\n{"a":2}\n',
      "application/x-json-stream",
      { kind: "json-lines", documents: [{ a: 1 }, { a: 2 }] },
    ],
    [
      "a sequence of documents",
      '\x1e{"a":1}\n\x1e{"a":2}\n',
      "application/json-seq",
      { kind: "json-lines", documents: [{ a: 1 }, { a: 2 }] },
    ],
    [
      "a form",
      "a=1&b=x%20y&a=2",
      "application/x-www-form-urlencoded",
      { kind: "form", documents: [{ a: ["1", "2"], b: "x y" }] },
    ],
    [
      "fields of a form in parts, without its files",
      multipart,
      "multipart/form-data; boundary=b",
      { kind: "multipart", documents: [{ file: null, note: "y" }] },
    ],
    [
      "line protocol",
      'cpu,host=a\\ b usage=0.5,note="x, y=1" 17000\n',
      "text/plain",
      {
        kind: "line-protocol",
        documents: [{ measurement: "cpu", tags: { host: "a b" }, fields: { usage: "0.5", note: "x, y=1" } }],
      },
    ],
    ["an event stream", 'event: x\ndata: {"a":1}\n\n', "text/event-stream", { kind: "text", documents: [] }],
    ["a sentence", "hello, you = there", "text/plain", { kind: "text", documents: [] }],
    [
      "a Connect stream",
      Buffer.concat([frame('{"a":1}'), frame(gzipSync('{"a":2}'), 1), frame("{}", 2)]),
      "application/connect+json",
      { kind: "rpc", documents: [{ a: 1 }, { a: 2 }] },
    ],
    ["gRPC with an unknown message", frame(Buffer.from([8, 1])), "application/grpc", { kind: "rpc", documents: [] }],
    ["binary", Buffer.from([0, 1, 2, 3]), "application/octet-stream", { kind: "binary", documents: [] }],
  ])("%s", (_what, bytes, type, content) => {
    expect(read(bytes, { type }).content).toEqual(content);
  });

  test("an empty body has no content", () => {
    expect(read("", { type: JSON_TYPE })).toMatchObject({ body: null, content: null });
  });
});

describe("bodies that give no document are counted, since an event in them would be missed", () => {
  test.each<[string, Buffer | string, Partial<BodyHeaders>, RegExp]>([
    [
      "JSON that was cut",
      text.slice(0, -5),
      { type: JSON_TYPE },
      /request 1 is not understood: text, said to be .*json/,
    ],
    ["bytes", Buffer.from([0, 1, 2, 3]), {}, /is not understood: binary/],
    ["a body that the recorder left out", "", { length: 2000 }, /\(2000 bytes\) is not in the capture/],
    [
      "a file among the parts",
      '--b\r\nContent-Disposition: form-data; name="f"; filename="a"\r\n\r\nx\r\n--b--\r\n',
      { type: "multipart/form-data; boundary=b" },
      /has files in it/,
    ],
  ])("%s", (_what, bytes, headers, detail) => {
    expect(read(bytes, headers).diagnostics).toMatchObject([
      { kind: "capture-body", count: 1, detail: expect.stringMatching(detail) },
    ]);
  });

  test.each<[string, Buffer | string]>([
    ["base64 of JSON", Buffer.from(text).toString("base64")],
    ["base64 of packed JSON", gzipSync(text).toString("base64")],
  ])("%s that nothing says is read", (_what, bytes) => {
    const { content, diagnostics } = read(bytes, { type: JSON_TYPE, encoding: "gzip" });
    expect(content).toEqual({ kind: "json", documents: [JSON.parse(text)] });
    expect(diagnostics).toEqual([]);
  });

  test("a word that could be base64 stays a text", () => {
    expect(read("abcdefghabcdefgh").content).toEqual({ kind: "text", documents: [] });
  });
});

describe("OTLP as Protocol Buffers", () => {
  const varint = (value: number): number[] =>
    value < 0x80 ? [value] : [(value & 0x7f) | 0x80, ...varint(value >>> 7)];
  const bytes = (number: number, payload: Buffer | string) => {
    const held = Buffer.from(payload as string);
    return Buffer.concat([Buffer.from([...varint((number << 3) | 2), ...varint(held.length)]), held]);
  };
  const message = (...fields: Buffer[]) => Buffer.concat(fields);
  const attribute = (number: number, key: string, value: string) =>
    bytes(number, message(bytes(1, key), bytes(2, bytes(1, value))));
  const resource = bytes(1, attribute(1, "service.name", "a-tool"));
  const request = (item: Buffer) =>
    bytes(1, message(resource, bytes(2, message(bytes(1, bytes(1, "scope")), bytes(2, item)))));

  test("a metric", () => {
    const metric = message(bytes(1, "tool.starts"), bytes(7, bytes(1, attribute(7, "mode", "cli"))));
    expect(read(request(metric), { type: "application/x-protobuf" }).content).toEqual({
      kind: "otlp",
      documents: [
        {
          resourceMetrics: [
            {
              resource: { attributes: [{ key: "service.name", value: { stringValue: "a-tool" } }] },
              scopeMetrics: [
                {
                  metrics: [
                    {
                      name: "tool.starts",
                      sum: { dataPoints: [{ attributes: [{ key: "mode", value: { stringValue: "cli" } }] }] },
                    },
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  test("a span", () => {
    const span = message(
      bytes(1, Buffer.alloc(16, 7)),
      bytes(2, Buffer.alloc(8, 7)),
      bytes(5, "turn"),
      attribute(9, "model", "m"),
    );
    expect(read(request(span), { type: "application/x-protobuf" }).content).toMatchObject({
      documents: [{ resourceSpans: [{ scopeSpans: [{ spans: [{ name: "turn", attributes: [{ key: "model" }] }] }] }] }],
    });
  });

  test("a log record", () => {
    const time = Buffer.concat([Buffer.from([(1 << 3) | 1]), Buffer.alloc(8)]);
    const record = message(time, bytes(5, bytes(1, "api_request")), attribute(6, "cost", "1"));
    expect(read(request(record), { type: "application/x-protobuf" }).content).toMatchObject({
      documents: [{ resourceLogs: [{ scopeLogs: [{ logRecords: [{ body: { stringValue: "api_request" } }] }] }] }],
    });
  });

  test("the same in JSON", () => {
    const document = { resourceMetrics: [{ scopeMetrics: [{ metrics: [{ name: "x" }] }] }] };
    expect(read(JSON.stringify(document), { type: JSON_TYPE }).content).toEqual({
      kind: "otlp",
      documents: [document],
    });
  });
});
