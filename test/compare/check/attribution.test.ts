import { describe, expect, test } from "vitest";
import { loadSignatures } from "../../../extractor/signatures/load.ts";
import { check, exchange } from "../check.ts";
import { endpoint, report } from "../report.ts";

const { senders, tools } = await loadSignatures();
const known = endpoint("POST", "https://api.example.com/v1/events");

const rowOf = (method: string, url: string, more: Parameters<typeof exchange>[2] = {}) =>
  check(report([known]), [exchange(method, url, more)]).observed[0]!;

/** `User-Agent`, `User-Agent -> URL` or `METHOD URL` of an example. */
function rowOfExample(example: string) {
  const [, method, url] = /^([A-Z]+) (https?:\S+)$/.exec(example) ?? [];
  if (method !== undefined) return rowOf(method, url!, { agent: null });
  const [agent, to = "https://somewhere.example.net/x"] = example.split(" -> ");
  return rowOf("GET", to, { agent: agent! });
}

describe.each(senders.map((sender) => [sender.id, sender] as const))("%s", (_id, sender) => {
  test.each(sender.examples.match)("is who sent %s", (example) => {
    expect(rowOfExample(example)).toMatchObject({ verdict: sender.verdict, sender: { name: sender.name } });
  });

  test.each(sender.examples.noMatch)("did not send %s", (example) => {
    expect(rowOfExample(example).sender.name).not.toBe(sender.name);
  });
});

test("no rule rests on a host alone", () => {
  for (const { userAgents, shapes = [] } of senders) {
    expect(userAgents.length).toBeGreaterThan(0);
    for (const { path } of shapes) expect(path.length).toBeGreaterThan(4);
  }
});

describe("the tool", () => {
  test("by its User-Agent, and by its package's name where signatures don't know it", () => {
    expect(rowOf("POST", "https://x.example.net/y", { agent: "some-tool/1.0.0 node" })).toMatchObject({
      verdict: "unpredicted",
      sender: { kind: "tool" },
    });
  });

  test("by its package's name where signatures know it without a User-Agent", () => {
    const unseen = tools.find(({ userAgents }) => userAgents.length === 0)!;
    const sent = exchange("POST", "https://x.example.net/y", { agent: "some-tool/1.0.0 node" });
    const [row] = check({ ...report([known]), tool: unseen.id }, [sent]).observed;
    expect(row).toMatchObject({ verdict: "unpredicted", sender: { kind: "tool", name: unseen.name } });
  });

  test("by marks in its payload, at any depth", () => {
    const own = tools.find(({ payloadMarks }) => payloadMarks.some((mark) => mark.startsWith("service.name=")))!;
    const mark = own.payloadMarks
      .find((one) => one.startsWith("service.name="))!
      .slice("service.name=".length)
      .replace("*", "x");
    const json = {
      resourceMetrics: [{ resource: { attributes: [{ key: "service.name", value: { stringValue: mark } }] } }],
    };
    const result = check({ ...report([known]), tool: own.id }, [
      exchange("POST", "https://collector.example.net/v1/metrics", { json }),
    ]);
    expect(result.observed[0]).toMatchObject({ verdict: "unpredicted", sender: { kind: "tool", name: own.name } });
    expect(result.observed[0]!.sender.evidence[0]).toContain("service.name");
  });

  test("by the credential that its known requests carry", () => {
    const headers = (agent: string) => ({ "user-agent": [agent], authorization: ["Bearer abcdefgh"] });
    const result = check(report([known]), [
      exchange("POST", "https://other.example.net/collect", { headers: headers("undici"), agent: "undici" }),
      exchange("POST", "https://api.example.com/v1/events", { headers: headers("undici"), agent: "undici" }),
    ]);
    expect(result.observed.find(({ verdict }) => verdict === "unpredicted")!.sender).toMatchObject({
      kind: "tool",
      evidence: ["the same credential as the tool's requests"],
    });
    expect(JSON.stringify(result)).not.toContain("abcdefgh");
  });

  test("a path on any host is no evidence against another program's name", () => {
    const open = endpoint("GET", "{base}/api/models");
    const sender = (agent: string | null) =>
      check(report([open]), [exchange("GET", "https://hub.example.net/api/models", { agent })]).observed[0]!.sender;
    expect(sender("curl/8.7.1").kind).not.toBe("tool");
    expect(sender(null).kind).toBe("unknown");
    expect(sender("some-tool/1.0").kind).toBe("tool");
  });

  test("a library's User-Agent names nobody, and what it sends is not explained away", () => {
    expect(rowOf("POST", "https://x.example.net/y", { agent: "axios/1.13.6" })).toMatchObject({
      verdict: "unpredicted",
      sender: { kind: "unknown", name: "axios/1.13.6" },
    });
  });
});

describe("others", () => {
  test("another coding tool is a bystander", () => {
    const other = tools.find(({ examples }) => examples.match.length > 0)!;
    expect(rowOf("POST", "https://x.example.net/y", { agent: other.examples.match[0]! })).toMatchObject({
      verdict: "bystander",
      sender: { name: other.name },
    });
  });

  test("by the name of the process, where the capture has it", () => {
    const to = "https://x.example.net/y";
    expect(rowOf("GET", to, { agent: null, process: "/usr/bin/git" })).toMatchObject({
      verdict: "child-process",
      sender: { evidence: ["process git"] },
    });
    expect(rowOf("GET", to, { agent: "something/1", process: "C:\\Programs\\Firefox.exe" }).verdict).toBe("bystander");
    expect(rowOf("GET", to, { agent: null, process: "node" })).toMatchObject({
      verdict: "unpredicted",
      sender: { evidence: ["process node"] },
    });
  });

  test("the tool's own process is the tool, whatever the runtime it is made with calls itself", () => {
    const agent = "Bun/1.3.5";
    const to = "https://registry.npmjs.org/some-tool";
    expect(rowOf("GET", to, { agent, process: "some-tool" }).sender).toMatchObject({
      kind: "tool",
      evidence: ["process some-tool"],
    });
    expect(rowOf("GET", to, { agent, process: "bun" }).verdict).toBe("child-process");
  });

  test("a bystander at a predicted URL stays a bystander, and fires nothing", () => {
    const result = check(report([known]), [
      exchange("POST", known.url, { agent: "Homebrew/5.1.5 (Macintosh) curl/8.7.1" }),
    ]);
    expect(result.observed[0]!.verdict).toBe("bystander");
    expect(result.fired).toEqual([]);
  });

  test("a child at a predicted URL fires it", () => {
    const clone = endpoint("ANY", "https://git.example.com/a/b.git/info/refs", { kind: "spawn" });
    const result = check(report([clone]), [
      exchange("GET", "https://git.example.com/a/b.git/info/refs?service=git-upload-pack", { agent: "git/2.39.5" }),
    ]);
    expect(result.observed[0]).toMatchObject({ verdict: "child-process", endpoint: clone.id });
    expect(result.fired).toEqual([clone.id]);
  });

  test("what anybody may call himself gives way to a prediction", () => {
    expect(rowOf("POST", known.url, { agent: "curl/8.7.1" }).verdict).toBe("predicted");
  });

  test("the same host with another User-Agent is somebody else's", () => {
    const url = "https://eu-central-1-1.aws.cloud2.influxdata.com/api/v2/write?bucket=analytics";
    expect(rowOf("POST", url, { agent: "axios/1.13.6" }).verdict).toBe("unpredicted");
    expect(rowOf("POST", url, { agent: "some-tool/1.0.0" })).toMatchObject({
      verdict: "unpredicted",
      sender: { kind: "tool" },
    });
  });
});

describe("servers", () => {
  const answered = (text: string, headers = {}) => ({ response: { headers, text } });
  test("a host that an answer named", () => {
    const result = check(report([known]), [
      exchange("POST", known.url, answered('{"upload":"https://store.example.net/bucket"}')),
      exchange("PUT", "https://store.example.net/bucket/1"),
    ]);
    expect(result.observed.find(({ method }) => method === "PUT")).toMatchObject({
      verdict: "server-supplied",
      why: expect.stringContaining(known.url),
    });
  });

  test("the target of a redirect, on a known host too", () => {
    const redirect = { status: 302, ...answered("", { location: ["/moved/here"] }) };
    const result = check(report([known]), [
      exchange("POST", known.url, redirect),
      exchange("POST", "https://api.example.com/moved/here"),
    ]);
    expect(result.observed.map(({ verdict }) => verdict).sort()).toEqual(["predicted", "server-supplied"]);
  });

  test("a link to a known host predicts no path of it", () => {
    const result = check(report([known]), [
      exchange("POST", known.url, answered('{"docs":"https://api.example.com/secret"}')),
      exchange("POST", "https://api.example.com/secret"),
    ]);
    expect(result.summary.verdicts.unpredicted).toBe(1);
  });
});

describe("the recorder", () => {
  test("what it made is no program's request", () => {
    expect(
      rowOf("CONNECT", "https://api.example.com:443", { failure: "Client TLS handshake failed: unknown ca" }),
    ).toMatchObject({ verdict: "interception-artefact", why: expect.stringContaining("TLS") });
    expect(rowOf("GET", "http://mitm.it/").verdict).toBe("interception-artefact");
  });

  test("an answer of the proxy is no answer of the server, and the request counts all the same", () => {
    const text = "<html><head><title>502 Bad Gateway</title></head><body>Name or service not known</body></html>";
    const failed = { status: 502, response: { headers: { server: ["mitmproxy 10.0"] }, text } };
    expect(rowOf("POST", known.url, failed)).toMatchObject({ verdict: "predicted", statuses: { proxy: 1 } });
    expect(rowOf("POST", "https://x.example.net/y", failed)).toMatchObject({
      verdict: "unpredicted",
      statuses: { proxy: 1 },
    });
    expect(
      rowOf("POST", known.url, { status: 502, response: { headers: { server: ["nginx"] }, text: "bad" } }).statuses,
    ).toEqual({ 502: 1 });
  });
});

test("the machine itself is the user's affair, a private network only for the tool", () => {
  expect(rowOf("POST", "http://localhost:11434/v1/chat/completions").verdict).toBe("user-configured");
  expect(rowOf("POST", "http://192.168.1.5/v1/x", { agent: "some-tool/1.0.0" }).verdict).toBe("user-configured");
  expect(rowOf("POST", "http://192.168.1.5/v1/x").verdict).toBe("unpredicted");
  expect(rowOf("POST", "http://127.0.0.1.evil.example.net/x").verdict).toBe("unpredicted");
});
