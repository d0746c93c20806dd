import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCaptures } from "../../../extractor/capture/read-captures.ts";
import { DiagnosticLog } from "../../../extractor/model/diagnostic.ts";
import type { Exchange } from "../../../extractor/model/exchange.ts";
import type { LiveRun } from "../../../extractor/model/live-run.ts";
import { runCli } from "../../run-cli.ts";
import { whyNotSealed } from "./namespaces.ts";

const FIXTURE = fileURLToPath(new URL("../fixture", import.meta.url));
const reason = whyNotSealed();
if (reason !== null) process.stderr.write(`sealed runs are not tested: ${reason}\n`);

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sealed-run-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A run of the fixture in its ways of talking. */
async function talk(...ways: string[]): Promise<{ run: LiveRun; exchanges: Exchange[] }> {
  const har = join(folder, `${ways.length}-${ways[0]}.har`);
  const outcome = await runCli([
    ...["capture", FIXTURE, "--har", har, "--format", "json", "--quiet", "--env", "TALK_PROXY=/run/talk.sock"],
    ...["--", ...ways],
  ]);
  expect(outcome.stderr).toBe("");
  const log = new DiagnosticLog();
  const exchanges: Exchange[] = [];
  for await (const exchange of readCaptures([har], log).exchanges) exchanges.push(exchange);
  expect(log.list()).toEqual([]);
  return { run: JSON.parse(outcome.stdout), exchanges };
}

describe.skipIf(reason !== null).concurrent("a sealed run", () => {
  test("sees every way to send HTTP, and who does", async () => {
    const { run, exchanges } = await talk("fetch", "gzip", "https", "http2", "port", "http", "literal", "curl", "git");
    expect(run.output.stdout).not.toContain("failed");
    expect(run.exit).toEqual({ code: 0, signal: null, timedOut: false, interrupted: false });
    expect(exchanges.map(({ method, url, process }) => `${method} ${url} ${process}`).sort()).toEqual([
      "GET http://clear.example.org/text node",
      "GET https://192.0.2.7/by-address node",
      "GET https://api.example.com:8765/other-port node",
      "GET https://curl.example.com/from-child curl",
      "GET https://git.example.com/owner/repository.git/HEAD git-remote-https",
      "GET https://git.example.com/owner/repository.git/info/refs?service=git-upload-pack git-remote-https",
      "GET https://plain.example.org/status node",
      "POST https://api.example.com/v1/packed node",
      "POST https://api.example.com/v1/things?limit=2 node",
      "POST https://h2.example.com/two node",
    ]);
    expect(exchanges.find(({ url }) => url.endsWith("/packed"))?.content?.documents).toEqual([{ packed: true }]);
    const marks = run.requests.flatMap(({ url, marks: all }) => all.map((mark) => `${mark} ${url}`));
    expect(marks).toEqual(["plain-http http://clear.example.org/text", "ip-literal https://192.0.2.7/by-address"]);
  });

  test("has no way out", async () => {
    const { run } = await talk("fetch", "udp");
    expect(run.network.interfaces.map(({ name }) => name)).toEqual(["lo"]);
    expect(run.network.packetsOutside).toBe(0);
    expect(run.network.interfaces[0]?.packets).toBeGreaterThan(0);
  });

  test("records what a websocket says", async () => {
    const { exchanges } = await talk("webSocket");
    expect(exchanges).toMatchObject([
      {
        method: "WS",
        url: "https://socket.example.com/live",
        status: 101,
        content: { documents: [{ event_name: "opened" }] },
      },
    ]);
  });

  test("loses nothing that is no HTTP", async () => {
    const { run } = await talk("raw", "rawTls", "quic", "udp", "doh", "unix", "local", "untrusting", "lookup");
    expect(run.connections.map(({ kind, target, bytes }) => `${kind} ${target} ${bytes}`)).toEqual([
      "raw-tls raw-tls.example.net:443 3",
      "raw-tcp raw.example.net:7000 6",
      "local 127.0.0.1:11434 0",
    ]);
    expect(run.datagrams.map(({ kind, target, process }) => `${kind} ${target} ${process}`)).toEqual([
      "udp 203.0.113.9:8125 node",
      "quic quic.example.com:443 node",
    ]);
    expect(run.requests.map(({ url, marks }) => `${url} ${marks}`)).toEqual([
      "http://localhost/through-a-socket unix-socket",
      "https://dns.example.net/dns-query dns-over-https",
    ]);
    expect(run.trustFailures).toMatchObject([{ host: "pinned.example.com", process: "node", explained: false }]);
    expect(run.names.filter(({ contacted }) => !contacted)).toEqual([
      { name: "said.example.com", types: ["TXT"], count: 1, contacted: false },
    ]);
  });
});

describe.skipIf(process.platform !== "linux")("a run in proxy mode", () => {
  test("sees what takes the proxy, with the answers of a sealed one", async () => {
    const har = join(folder, "proxy.har");
    const { code, stdout, stderr } = await runCli([
      ...[
        "capture",
        FIXTURE,
        "--mode",
        "proxy",
        "--har",
        har,
        "--format",
        "json",
        "--quiet",
        "--",
        "curl",
        "git",
        "local",
      ],
    ]);
    expect([code, stderr]).toEqual([0, ""]);
    const run = JSON.parse(stdout) as LiveRun;
    expect(run.mode).toBe("proxy");
    expect(run.network).toMatchObject({ interfaces: [], packetsOutside: null });
    expect(run.requests.map(({ method, url, process, marks }) => `${method} ${url} ${process} ${marks}`)).toEqual([
      "GET https://curl.example.com/from-child curl through-proxy",
      "GET https://git.example.com/owner/repository.git/HEAD git-remote-https through-proxy",
      "GET https://git.example.com/owner/repository.git/info/refs git-remote-https through-proxy",
    ]);
    expect(run.trustFailures).toEqual([]);
    expect(run.notes).toContain("what the program sent past the proxy, directly, went out and was not seen");
  });
});
