import { describe, expect, test } from "vitest";
import { findBinaryStrings } from "../../../extractor/find/native/native-findings.ts";
import type { BinaryString } from "../../../extractor/model/binary-string.ts";
import { DiagnosticLog } from "../../../extractor/model/diagnostic.ts";
import { printTemplate } from "../../../extractor/model/template.ts";

const plain = (text: string, more: Partial<BinaryString> = {}): BinaryString => ({
  pieces: [text],
  layer: "reference",
  confidence: "exact",
  offset: 0,
  ...more,
});

/** `{}` stands for a placeholder. */
const formatted = (text: string): BinaryString => ({
  pieces: text.split(/(\{\})/).flatMap((piece) => (piece === "" ? [] : piece === "{}" ? [null] : [piece])),
  layer: "format",
  confidence: "exact",
  offset: 0,
});

const findIn = (strings: BinaryString[], { name = "tool", path = "bin/tool", log = new DiagnosticLog() } = {}) =>
  findBinaryStrings({ path, bytes: 1, origin: { kind: "entry" }, strings }, { program: name, isPath }, log);

const isPath = (path: string) => path === "/v1/messages";

const find = (...strings: BinaryString[]) => findIn(strings);

const printed = (...strings: BinaryString[]) =>
  find(...strings).requests.map((r) => `${r.confidence} ${r.method} ${printTemplate(r.urls[0]!)}`);

describe("requests", () => {
  test("are no hosts that a vector's width may have cut: that is said", () => {
    const log = new DiagnosticLog();
    const vector = { layer: "vector", confidence: "low" } as const;
    const cut = plain("https://api.exam", vector);
    const whole = [plain("https://a.example", vector), plain("https://a.dev/ab", vector)];
    const { requests } = findIn([cut, ...whole], { log });
    expect(requests.map(({ urls }) => printTemplate(urls[0]!))).toEqual(["https://a.example", "https://a.dev/ab"]);
    expect(log.list()).toMatchObject([{ kind: "cut-parts", count: 1 }]);
  });

  test("are whole URLs, as sure as the string", () => {
    expect(
      printed(
        plain("https://api.example.com/v1/items?x=1"),
        plain("http://localhost:4318", { confidence: "partial" }),
        plain("wss://push.example.com/socket", { layer: "inline", confidence: "low" }),
      ),
    ).toEqual([
      "exact ANY https://api.example.com/v1/items?x=1",
      "partial ANY http://localhost:4318",
      "low WS wss://push.example.com/socket",
    ]);
  });

  test("are a host with a hole, and the path whose address the code takes beside it", () => {
    const host = { ...formatted("https://api.example.com{}"), code: 1000 };
    const hosted = "low ANY https://api.example.com/mcp/readonly";
    expect(printed(plain("/mcp/readonly", { code: 940, confidence: "low" }), host)).toContain(hosted);
    expect(printed(host, plain("/mcp/readonly", { code: 1060 }), plain("/near/by", { code: 1020 }))).not.toContain(
      hosted,
    );
    for (const other of [
      plain("/mcp/readonly", { code: 800 }),
      plain("/mcp", { code: 990 }),
      plain("/usr/lib", { code: 990 }),
      plain("/mcp/readonly"),
    ])
      expect(printed(host, other).filter((one) => !one.includes("{"))).toEqual([]);
  });

  test("are paths that an interface to models is known by, where the program joins paths", () => {
    const joins = formatted("{}{}");
    expect(printed(joins, plain("/v1/messages"), plain("/v1/things"))).toEqual(["low ANY {base}/v1/messages"]);
    expect(printed(plain("/v1/messages"))).toEqual([]);
  });

  test.each([
    "https://",
    "https://nodots/x",
    "see https://docs.example.com",
    "https://docs.example.com/page#part",
    "https://a.example.com https://b.example.com",
    "ftp://files.example.com/",
  ])("are not %s", (text) => expect(printed(plain(text))).toEqual([]));

  test("have the evidence's place in the binary", () => {
    const [request] = find(plain("https://api.example.com/", { offset: 0x41 })).requests;
    expect(request).toMatchObject({
      sink: "native-string",
      evidence: {
        file: "bin/tool",
        line: 1,
        column: 0x42,
        derivation: [{ what: "string in native code: reference, exact" }],
      },
    });
  });

  test.each([
    ["https://api.example.com/users/{}/repos", "partial ANY https://api.example.com/users/{arg1}/repos"],
    ["https://{}.example.com/x", "partial ANY https://{arg1}.example.com/x"],
    ["{}/wide/tasks/{}", "partial ANY {base}/wide/tasks/{arg1}"],
    ["{}/oauth/authorize?{}", "partial ANY {base}/oauth/authorize?{arg1}"],
  ])("are made of the template %s", (text, expected) => expect(printed(formatted(text))).toEqual([expected]));

  test.each([
    "{}/{}",
    "{}/",
    "{}/*",
    "{}/.config/tool",
    "{}/src/main.rs",
    "{}/a b",
    "{}: {}",
    "https://{}{}",
    "/plain/{}",
    "{}{}/late",
    "{} of {}",
  ])("are not made of the template %s", (text) => expect(printed(formatted(text))).toEqual([]));
});

describe("paths without a base", () => {
  const joining = formatted("{}{}");

  test.each([
    [formatted("/wide/tasks/{}"), "low ANY {base}/wide/tasks/{arg1}"],
    [formatted("/list?kind=all&token={}"), "low ANY {base}/list?kind=all&token={arg1}"],
    [plain("/list?kind=all", { layer: "inline" }), "low ANY {base}/list?kind=all"],
    [plain("/sample.items.v1.Items/List"), "low POST {base}/sample.items.v1.Items/List"],
  ])("are requests where the program joins some: %o", (string, expected) => {
    expect(printed(joining, string)).toEqual([expected]);
    expect(printed(string)).toEqual([]);
  });

  test.each([
    formatted("/proc/{}/status"),
    formatted("/tmp/{}"),
    formatted("/a b/{}"),
    formatted("/out/{}.log"),
    plain("/settings"),
    plain("/v1/items"),
    plain("/list?kind=all", { confidence: "partial" }),
    plain("/list?kind=all", { layer: "terminated" }),
  ])("are nothing else: %o", (string) => expect(printed(joining, string)).toEqual([]));
});

describe("keys", () => {
  const key = "client-Ab3dEf6hIj9kLm2nOp5q";
  const inline = (text: string, offset: number) => plain(text, { layer: "inline", offset, code: offset });

  test("go with the header and the URL that the same code builds", () => {
    const found = find(
      inline("https://metrics.example.com/v1", 1000),
      inline("x-tool-api-key", 1060),
      inline(key, 1110),
      inline("x-far-away-key", 9000),
    );
    expect(found.requests).toMatchObject([
      { headers: ["x-tool-api-key"], secrets: [{ value: key, sentAs: "header x-tool-api-key" }] },
    ]);
    expect(found.secrets.filter((s) => s.sentAs !== null)).toHaveLength(1);
  });

  test("stand right behind the name of an option", () => {
    const id = "0a1b2c3d-0a1b-0a1b-0a1b-0a1b2c3d4e5f";
    const behind = (name: string, distance: number) =>
      find(inline(name, 1000), plain(id, { offset: 7, code: 1000 + distance })).secrets.flatMap((s) => s.sentAs ?? []);
    expect(behind("iKey", 56)).toEqual(["option iKey"]);
    expect(behind("iKey", 5600)).toEqual([]);
    expect(behind("name", 56)).toEqual([]);
  });

  test("are also any word that may have a key's shape, for the classification to judge", () => {
    const texts = ["pub0123456789abcdef0123456789abcdef", "not a word 0123456789", "short1", "withoutanydigitsatall"];
    expect(find(...texts.map((t) => plain(t))).secrets.map((s) => [s.value, s.sentAs])).toEqual([[texts[0], null]]);
  });

  test("don't go with the URL before the next one", () => {
    const found = find(
      inline("https://a.example.com/", 1000),
      inline("https://b.example.com/", 1050),
      inline("x-b-key", 1100),
    );
    expect(found.requests.map((r) => r.headers)).toEqual([[], ["x-b-key"]]);
  });

  test("in a URL are taken out of it", () => {
    const url = "https://user:hunter2secret@files.example.com/x";
    const found = find(plain(url), plain(`files are at ${url}.`));
    expect(printTemplate(found.requests[0]!.urls[0]!)).toBe("https://files.example.com/x");
    expect(found.secrets.filter((s) => s.sentAs === "url")).toMatchObject([{ value: url }]);
    expect(found.urls.map((u) => u.url)).toEqual(["https://files.example.com/x"]);
  });

  test("in a DSN: the request is the one an SDK makes of it", () => {
    const dsn = "https://0123456789abcdef0123456789abcdef@o1.ingest.example.com/sub/42";
    const found = find(plain(dsn));
    expect(found.requests).toMatchObject([
      { method: "POST", urls: [["https://o1.ingest.example.com/sub/api/42/envelope/"]], secrets: [{ value: dsn }] },
    ]);
    expect(found.urls).toEqual([]);
  });
});

describe("literals", () => {
  test("are whole URLs and URLs in longer texts", () => {
    const found = find(
      plain("https://api.example.com/x"),
      plain("Read https://docs.example.com/a, then (http://b.example.com)."),
    );
    expect(found.urls.map(({ url, context }) => [url, context.kind])).toEqual([
      ["https://api.example.com/x", "literal"],
      ["https://docs.example.com/a", "text"],
      ["http://b.example.com", "text"],
    ]);
  });

  test("in doubtful strings don't count", () => {
    expect(find(plain("junkhttps://docs.example.com/a junk", { confidence: "low" })).urls).toEqual([]);
  });
});

describe("events", () => {
  const family = ["start", "stop", "error.retry", "api_request", "x9"].map((name) => plain(`tool.${name}`));
  const names = (...strings: BinaryString[]) => find(...strings).events.map((e) => e.name.join(""));

  test("are families of at least five", () => {
    expect(names(...family, plain("other.one"), plain("other.two"))).toEqual(family.map((s) => s.pieces[0]));
    expect(names(...family.slice(1))).toEqual([]);
  });

  test("are names that say so, if more than one does", () => {
    const saying = ["part.telemetry", "part.restricted_telemetry"];
    expect(names(...saying.map((name) => plain(name)), plain("part.other"))).toEqual(saying);
    const log = new DiagnosticLog();
    expect(findIn([plain("links.telemetry"), plain("links.api")], { log }).events).toEqual([]);
    expect(log.list()).toMatchObject([{ kind: "event-refused", count: 1 }]);
  });

  test("are no settings, keys of a keyboard or RPC methods: families under another name are counted", () => {
    const keymap = ["copy", "cut", "paste", "undo", "redo", "copy"].map((name) => plain(`ui.keymap.${name}`));
    const methods = ["open", "close", "list", "fork", "get", "set"].map((name) => plain(`session.${name}`));
    const log = new DiagnosticLog();
    expect(findIn([...keymap, ...methods, ...family], { log }).events).toHaveLength(family.length);
    expect(log.list()).toEqual([
      {
        kind: "event-refused",
        count: 11,
        detail:
          "session.*: 6 dotted names in native code, not the program's own name; ui.*: 5 dotted names in native code, not the program's own name",
      },
    ]);
  });

  test("are no fields: a family that is mostly written as members of an object is counted", () => {
    const members = ["errorDetail", "planHint", "usageInfo", "toolOrigin", "expiresAt", "sub.modelText"];
    const log = new DiagnosticLog();
    expect(findIn([...family, ...members.map((name) => plain(`tool.${name}`))], { log }).events).toEqual([]);
    expect(log.list()).toMatchObject([{ kind: "event-refused", count: 5 }]);
    // the name of a type, and few fields, say nothing of the others
    expect(names(...family, plain("tool.v1.ItemService"), plain("tool.planHint"))).toHaveLength(5);
  });

  test("one name in several places is one name of its family", () => {
    const log = new DiagnosticLog();
    expect(findIn([...family.slice(1), ...family.slice(1)], { log }).events).toEqual([]);
    expect(log.list()).toMatchObject([{ count: 4, detail: "tool.*: 4 dotted names in native code, fewer than 5" }]);
    expect(names(...family, ...family)).toHaveLength(10);
  });

  test("are no hosts, files, sentences, doubtful strings or those of C libraries", () => {
    const hosts = ["a.com", "b.net", "c.io", "d.json", "e.toml"].map((end) => plain(`tool.${end}`));
    const low = family.map((s) => ({ ...s, confidence: "low" as const }));
    const linked = family.map((s) => ({ ...s, layer: "terminated" as const }));
    expect(names(...hosts, ...low, ...linked, plain("Tool.start"), plain("tool. start"))).toEqual([]);
  });
});
