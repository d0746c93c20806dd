import { mkdirSync, symlinkSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { brotliCompressSync, gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { ExtractorError } from "../../extractor/errors.ts";
import { captureFile, captureFolder, collect } from "./collect.ts";
import { burpOf, flowOf, harOf, ndjsonOf, rrpairOf, type Sent, tnetstring, urlLogOf } from "./write.ts";

const REQUESTS: Sent[] = [
  {
    method: "POST",
    url: "https://api.example.com/v1/events?x=1",
    headers: { "User-Agent": "tool/1.0 (a, b)", "Content-Type": "application/json" },
    body: '{"event":"opened"}',
    status: 202,
  },
  { method: "GET", url: "http://localhost:8080/health", headers: { "User-Agent": "tool/1.0 (a, b)" } },
];

const FORMATS: [string, string | Buffer][] = [
  ["har", harOf(REQUESTS)],
  ["har", gzipSync(harOf(REQUESTS))],
  ["mitmproxy", Buffer.concat(REQUESTS.map((request) => flowOf(request)))],
  ["mitmproxy", Buffer.concat(REQUESTS.map((request) => flowOf(request, 7)))],
  ["mitmproxy", Buffer.concat(REQUESTS.map((request) => flowOf(request, 21)))],
  ["ndjson", ndjsonOf(REQUESTS)],
  ["burp", burpOf(REQUESTS)],
  ["har", Buffer.from(`\uFEFF${harOf(REQUESTS)}`, "utf16le")],
  ["har", Buffer.from(harOf(REQUESTS), "utf16le").swap16()],
  [
    "har",
    harOf(REQUESTS).replace('"entries"', '"x":NaN,"entries"').replaceAll('"status":', '"time":-Infinity,"status":'),
  ],
  ["url-log", urlLogOf(REQUESTS)],
];

test.each(FORMATS)("%s is known by its content, and holds the same requests", async (format, content) => {
  const { exchanges, files, diagnostics } = await collect(captureFile(content));
  expect(files).toMatchObject([{ format, records: 2, complete: true }]);
  expect(exchanges.map(({ method, url }) => `${method} ${url}`)).toEqual(
    REQUESTS.map(({ method, url }) => `${method} ${url}`),
  );
  if (format !== "url-log") {
    expect(exchanges[0]).toMatchObject({
      status: 202,
      userAgent: "tool/1.0 (a, b)",
      content: { kind: "json", documents: [{ event: "opened" }] },
    });
  }
  expect(exchanges.map(({ at }) => at.record)).toEqual([1, 2]);
  expect(diagnostics).toEqual([]);
});

describe("RRPair", () => {
  test.each(["real", "documented"] as const)("the %s layout", async (layout) => {
    const { exchanges } = await collect(captureFile(rrpairOf(REQUESTS[0]!, layout)));
    expect(exchanges).toMatchObject([
      {
        method: "POST",
        url: "https://api.example.com/v1/events?x=1",
        userAgent: "tool/1.0 (a, b)",
        content: { documents: [{ event: "opened" }] },
        status: layout === "real" ? 202 : null,
      },
    ]);
  });

  test("a body may hold fences and headings", async () => {
    const body = 'text\n```\n### RESPONSE of mine\n```\nmore {"a":1}';
    const { exchanges } = await collect(
      captureFile(rrpairOf({ ...REQUESTS[0]!, headers: { "Content-Type": "text/plain" }, body })),
    );
    expect(Buffer.from(exchanges[0]!.body!).toString().trimEnd()).toBe(body);
  });

  test("http with port 443 was TLS", async () => {
    const { exchanges } = await collect(captureFile(rrpairOf(REQUESTS[0]!).replace("https://api", "http://api")));
    expect(exchanges[0]!.url).toBe("https://api.example.com/v1/events?x=1");
  });

  test("an escaped comma belongs to the value, another separates values", async () => {
    const text = rrpairOf(REQUESTS[0]!).replace("Host:", "X-Many: a\\, b, c\nHost:");
    expect((await collect(captureFile(text))).exchanges[0]!.headers["x-many"]).toEqual(["a, b", "c"]);
  });

  test("as JSON, and as lines of JSON", async () => {
    const pair = {
      msgType: "rrpair",
      ts: "2026-01-01T00:00:00Z",
      l7protocol: "https",
      isTls: true,
      http: {
        req: {
          uri: "/a?b=1",
          method: "POST",
          host: "api.example.com",
          headers: { "User-Agent": ["tool/1.0"] },
          bodyBase64: Buffer.from("{}").toString("base64"),
        },
        res: { statusCode: 204, headers: {} },
      },
    };
    for (const content of [JSON.stringify(pair, null, 1), `${JSON.stringify(pair)}\n${JSON.stringify(pair)}\n`]) {
      const { exchanges } = await collect(captureFile(content));
      expect(exchanges[0]).toMatchObject({
        method: "POST",
        url: "https://api.example.com/a?b=1",
        status: 204,
        content: { kind: "json" },
      });
    }
  });
});

describe("HAR as its writers differ", () => {
  const one = REQUESTS.slice(0, 1);
  test("websockets: a scheme, or an upgrade", async () => {
    const upgrade = {
      method: "GET",
      url: "https://api.example.com/live",
      headers: { Upgrade: "websocket" },
      status: 101,
    };
    const { exchanges } = await collect(
      captureFile(harOf([{ method: "GET", url: "wss://api.example.com/live" }, upgrade])),
    );
    expect(exchanges.map(({ method }) => method)).toEqual(["WS", "WS"]);
  });

  test("what the client sent through a websocket is read, what came back is not", async () => {
    const messages = [
      { type: "send", time: 1, opcode: 1, data: '{"event":"opened"}' },
      { type: "receive", time: 2, opcode: 1, data: '{"event":"theirs"}' },
      { type: "send", time: 3, opcode: 2, data: gzipSync('{"event":"packed"}').toString("base64") },
      { type: "send", time: 4, opcode: 1, data: "ping" },
    ];
    const socket: Sent = { method: "GET", url: "wss://api.example.com/live", status: 101 };
    const flow = flowOf({ ...socket, url: "https://api.example.com/live", headers: { Upgrade: "websocket" } }, 21, {
      websocket: {
        messages: messages.map(({ type, opcode, data }) => [
          opcode,
          type === "send",
          Buffer.from(data, opcode === 2 ? "base64" : "utf8"),
          1.5,
          false,
          false,
        ]),
        closed_by_client: true,
      },
    });
    for (const capture of [harOf([socket], () => ({ _webSocketMessages: messages })), flow]) {
      const [only] = (await collect(captureFile(capture))).exchanges;
      expect(only).toMatchObject({ method: "WS", status: 101 });
      expect(only!.content!.documents).toEqual([{ event: "opened" }, { event: "packed" }]);
    }
  });

  test("packed messages of an RPC stream, by the encoding its header names", async () => {
    const packed = brotliCompressSync('{"event":"streamed"}');
    const frame = Buffer.concat([Buffer.from([1, 0, 0, 0, packed.length]), packed]);
    const headers = { "Content-Type": "application/connect+json", "Connect-Content-Encoding": "br" };
    const stream: Sent = { method: "POST", url: "https://api.example.com/s.S/M", headers, body: frame };
    for (const capture of [harOf([stream]), flowOf(stream)]) {
      const { exchanges } = await collect(captureFile(capture));
      expect(exchanges[0]!.content).toEqual({ kind: "rpc", documents: [{ event: "streamed" }] });
    }
  });

  test("a binary request body in base64, compressed", async () => {
    const content = harOf([
      {
        ...one[0]!,
        headers: { "Content-Encoding": "gzip", "Content-Type": "application/json" },
        body: gzipSync('{"event":"opened"}'),
      },
    ]);
    expect((await collect(captureFile(content))).exchanges[0]!.content).toEqual({
      kind: "json",
      documents: [{ event: "opened" }],
    });
  });

  test("an answer in base64, a form as params, the client's name, status 0 for no answer", async () => {
    const extra = () => ({
      _clientName: "node",
      response: {
        status: 0,
        _error: "net::ERR_CERT_AUTHORITY_INVALID",
        headers: [],
        content: { text: Buffer.from('{"u":1}').toString("base64"), encoding: "base64" },
      },
      request: {
        method: "POST",
        url: "https://a.example.com/",
        headers: [],
        postData: { mimeType: "application/x-www-form-urlencoded", params: [{ name: "k", value: "v" }] },
      },
    });
    const { exchanges } = await collect(captureFile(harOf(one, extra)));
    expect(exchanges[0]).toMatchObject({
      process: "node",
      status: null,
      failure: "net::ERR_CERT_AUTHORITY_INVALID",
      content: { kind: "form", documents: [{ k: "v" }] },
      response: { text: '{"u":1}' },
    });
  });

  test("a tunnel is CONNECT, and what isn't of the web is counted", async () => {
    const { exchanges, diagnostics } = await collect(
      captureFile(
        harOf([
          { method: "CONNECT", url: "api.example.com:443" },
          { method: "GET", url: "data:text/plain,x" },
        ]),
      ),
    );
    expect(exchanges).toMatchObject([{ method: "CONNECT", url: "https://api.example.com:443" }]);
    expect(diagnostics).toMatchObject([{ kind: "capture-record", count: 1 }]);
  });
});

describe("mitmproxy flows", () => {
  test("the name comes from the Host header, a port that isn't the scheme's from the flow", async () => {
    const { exchanges } = await collect(captureFile(flowOf({ method: "GET", url: "https://api.example.com:9443/x" })));
    expect(exchanges[0]!.url).toBe("https://api.example.com:9443/x");
  });

  test("where host and Host are addresses, the TLS greeting names the server", async () => {
    const sent: Sent = { method: "GET", url: "https://203.0.113.9/x" };
    const withSni = (end: string, sni: string) => flowOf(sent, 21, { [end]: { sni } });
    const { exchanges } = await collect(
      captureFile(
        Buffer.concat([withSni("client_conn", "a.example.com"), withSni("server_conn", "b.example.com"), flowOf(sent)]),
      ),
    );
    expect(exchanges.map(({ url }) => url)).toEqual([
      "https://a.example.com/x",
      "https://b.example.com/x",
      "https://203.0.113.9/x",
    ]);
  });

  test("flows of other protocols and of newer versions are counted", async () => {
    const tcp = tnetstring({ type: "tcp", version: 17, messages: [], error: null });
    const { exchanges, diagnostics } = await collect(captureFile(Buffer.concat([flowOf(REQUESTS[0]!, 22), tcp])));
    expect(exchanges).toHaveLength(1);
    expect(diagnostics).toMatchObject([
      { kind: "capture-record", count: 2, detail: expect.stringMatching(/version 22.*tcp flow/) },
    ]);
  });
});

describe("URL logs", () => {
  test.each<[string, object]>([
    [
      "2026-04-11T10:01:01Z GET https://a.example.com/x 200",
      { method: "GET", url: "https://a.example.com/x", status: 200, time: Date.parse("2026-04-11T10:01:01Z") },
    ],
    ["[200] POST https://a.example.com/x", { method: "POST", status: null }],
    ["1795197330.345 200 POST https://a.example.com/x", { status: 200, time: 1795197330345 }],
    ["get https://a.example.com/x", { method: "GET" }],
    ['"GET https://a.example.com/x"', { url: "https://a.example.com/x" }],
    ["WS wss://a.example.com/x", { method: "WS" }],
    ["https://a.example.com/x?y=1", { method: "ANY", url: "https://a.example.com/x?y=1" }],
    [
      "1763632800.123    120 10.0.0.1 TCP_TUNNEL/200 3920 CONNECT a.example.com:443 - HIER_DIRECT/203.0.113.9 -",
      { method: "CONNECT", url: "https://a.example.com", status: 200, time: 1763632800123 },
    ],
    [
      "1763632800.123    120 10.0.0.1 TCP_MISS/304 39 GET http://a.example.com/x - HIER_DIRECT/203.0.113.9 -",
      { method: "GET", url: "http://a.example.com/x", status: 304 },
    ],
  ])("%s", async (line, row) => {
    expect((await collect(captureFile(`# a comment\n\n${line}\r\n`))).exchanges).toMatchObject([row]);
  });
});

describe("Chromium's NetLog", () => {
  const started = (id: number, url: string) => ({ source: { id }, params: { load_flags: 1, method: "POST", url } });
  const events = [
    started(1, "https://a.example.com/x"),
    { source: { id: 1 }, params: { headers: ["User-Agent: tool/1.0", "Accept: */*"] } },
    { source: { id: 1 }, params: { headers: ["HTTP/1.1 302 Found", "location: /y"] } },
    started(1, "https://a.example.com/y"),
    { source: { id: 2 }, params: { method: "POST", url: "https://a.example.com/preflight" } },
  ];
  const text = JSON.stringify({ constants: { logEventTypes: {} }, events });

  test("events of a source make requests; that bodies are never in it is said", async () => {
    const { exchanges, files, diagnostics } = await collect(captureFile(text));
    expect(files).toMatchObject([{ format: "net-log", records: 2 }]);
    expect(exchanges).toMatchObject([
      { method: "POST", url: "https://a.example.com/x", status: 302, userAgent: "tool/1.0" },
      { method: "POST", url: "https://a.example.com/y", status: null },
    ]);
    expect(diagnostics).toMatchObject([{ kind: "capture-body", count: 2 }]);
  });

  test("one of a browser that was killed ends early, and what came counts", async () => {
    const { exchanges, files } = await collect(captureFile(text.slice(0, -2)));
    expect(exchanges).toHaveLength(2);
    expect(files).toMatchObject([{ complete: false }]);
  });
});

describe("Burp items", () => {
  test("a body may hold the end of an item; one that is cut off ends the reading", async () => {
    const sent: Sent = { method: "POST", url: "https://a.example.com/x", body: '"</item>"' };
    const whole = burpOf([sent, sent], false);
    const { exchanges } = await collect(captureFile(whole));
    expect(exchanges).toMatchObject([{ content: { documents: ["</item>"] } }, {}]);
    const { files } = await collect(captureFile(whole.slice(0, -40)));
    expect(files).toMatchObject([{ records: 1, complete: false }]);
  });
});

describe("bodies in files beside a HAR", () => {
  const har = (file: string) =>
    harOf([{ method: "POST", url: "https://a.example.com/x" }], () => ({
      request: { method: "POST", url: "https://a.example.com/x", headers: [], bodySize: 9, postData: { _file: file } },
    }));
  test("are read from its own folder alone", async () => {
    const folder = join(captureFolder(), "beside");
    mkdirSync(folder);
    writeFileSync(join(folder, "body.json"), '{"event":"opened"}');
    writeFileSync(join(folder, "a.har"), har("body.json"));
    writeFileSync(join(captureFolder(), "outside.json"), '{"event":"stolen"}');
    writeFileSync(join(folder, "b.har"), har("../outside.json"));
    symlinkSync(join(captureFolder(), "outside.json"), join(folder, "link.json"));
    writeFileSync(join(folder, "c.har"), har("link.json"));
    const { exchanges, diagnostics } = await collect(
      join(folder, "a.har"),
      join(folder, "b.har"),
      join(folder, "c.har"),
    );
    expect(exchanges.map(({ content }) => content?.documents ?? null)).toEqual([[{ event: "opened" }], null, null]);
    expect(diagnostics).toMatchObject([{ kind: "capture-body", count: 2 }]);
  });
});

test("bytes that a recorder wrote as characters are bytes again", async () => {
  const packed = gzipSync('{"event":"opened"}').toString("latin1");
  const sent: Sent = { method: "POST", url: "https://a.example.com/x", body: packed };
  expect((await collect(captureFile(harOf([sent])))).exchanges[0]!.content).toEqual({
    kind: "json",
    documents: [{ event: "opened" }],
  });
});

describe("what is no capture is said in words", () => {
  test.each<[string, string | Buffer, RegExp]>([
    ["an empty file", "", /the file is empty/],
    ["JSON of something else", '{"endpoints":[]}', /not a capture: JSON/],
    ["a HAR without entries", harOf([]), /HAR without a single request/],
    [
      "a report on HARs",
      '{"log":{"version":"1.2"}}',
      /damaged HAR at byte \d+: the document has no array log\.entries/,
    ],
    ["text", "hello\nworld\n", /no request line/],
    ["a packet capture", Buffer.from([0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0]), /packet capture/],
    ["a packet capture that holds a request line", "\n\r\r\n....\nGET http://a.example.com/x\n", /packet capture/],
    ["a zip archive", Buffer.from("PK\x03\x04...."), /zip archive/],
    ["a web page", "<!doctype html><p>GET x", /XML or HTML/],
    ["tnetstrings of nothing", "4:type;", /damaged|not a capture/],
  ])("%s", async (_what, content, message) => {
    const error = await collect(captureFile(content, "x.bin")).catch((thrown) => thrown);
    expect(error).toBeInstanceOf(ExtractorError);
    expect(error.code).toBe("bad-input");
    expect(error.message).toMatch(message);
    expect(error.message).toContain("x.bin");
  });

  test("a file that isn't there", async () => {
    await expect(collect("/nowhere/capture.har")).rejects.toMatchObject({ code: "not-found" });
  });
});

describe("folders", () => {
  test("are walked in order; other files and links are not followed in silence", async () => {
    const folder = join(captureFolder(), "folder");
    mkdirSync(join(folder, "b"), { recursive: true });
    writeFileSync(join(folder, "b", "2.md"), rrpairOf(REQUESTS[0]!));
    writeFileSync(join(folder, "a.har"), harOf(REQUESTS));
    writeFileSync(join(folder, "note.txt"), "nothing");
    symlinkSync(folder, join(folder, "loop"));
    const { exchanges, files, diagnostics } = await collect(folder);
    expect(files.map(({ format, records }) => [format, records])).toEqual([
      ["har", 2],
      ["rrpair", 1],
    ]);
    expect(exchanges).toHaveLength(3);
    expect(diagnostics).toMatchObject([{ kind: "capture-unrecognised", count: 1 }]);
  });

  test("one without a single request is an error", async () => {
    const folder = join(captureFolder(), "empty");
    mkdirSync(folder);
    await expect(collect(folder)).rejects.toThrow(/no file in this folder holds a request/);
  });
});
