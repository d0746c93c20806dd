import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { readCaptures } from "../../extractor/capture/read-captures.ts";
import { DiagnosticLog } from "../../extractor/model/diagnostic.ts";
import type { Exchange } from "../../extractor/model/exchange.ts";
import type { LiveRun } from "../../extractor/model/live-run.ts";
import { type Outcome, runCli } from "../run-cli.ts";
import { startUpstream, type Upstream } from "./server/upstream.ts";

const FIXTURE = fileURLToPath(new URL("./fixture", import.meta.url));
const TOKEN = "tk-live-Zx81Qp07Lm55Rt22";
/** Values of the person and of the answer; none may be written down. */
const SECRETS = [
  ...[TOKEN, "Zm9vYmFyYmF6MTIz", "jane", "my own words", "secret-project"],
  ...["c2VjcmV0LWFuc3dlcg", "rt-answer", "your own answer"],
];

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "forward-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

/** A run of the fixture that may reach a real server, and its HAR file. */
async function forward(
  name: string,
  ways: string[],
  { upstream, format = "json", command = [FIXTURE], env = {} }: Setting,
): Promise<Outcome & { har: string }> {
  const har = join(folder, `${name}.har`);
  const outcome = await runCli(
    [
      ...["capture", ...command, "--forward", "--har", har, "--format", format],
      ...["--env", "TALK_MODE=loud voice", "--", ...ways],
    ],
    {
      cwd: folder,
      env: { ...upstream.environment, TALK_TOKEN: TOKEN, HOME: "/home/somebody", TMPDIR: folder, ...env },
    },
  );
  return { ...outcome, har };
}

interface Setting {
  upstream: Upstream;
  format?: "json" | "text";
  command?: string[];
  env?: Record<string, string>;
}

async function recorded(har: string): Promise<Exchange[]> {
  const log = new DiagnosticLog();
  const exchanges: Exchange[] = [];
  for await (const exchange of readCaptures([har], log).exchanges) exchanges.push(exchange);
  expect(log.list()).toEqual([]);
  return exchanges;
}

const server = async (use: (upstream: Upstream) => Promise<void>) => {
  const upstream = await startUpstream();
  await use(upstream).finally(() => upstream.close());
};

// 127.0.0.2 is there on Linux only
describe.skipIf(process.platform !== "linux").concurrent("a real run of a person's own", () => {
  test("reaches the real server as it is, and is recorded without its values", () =>
    server(async (upstream) => {
      const { code, stdout, stderr, har } = await forward("all", ["where", "asPerson", "socketAsPerson"], { upstream });
      expect(stderr).toMatch(/^extract: forwarding: .* leaves this machine/);
      // the program has what is the person's, and the server's answers came back to it; what it says goes to stderr
      expect(stderr).toContain(JSON.stringify({ home: "/home/somebody", folder, talk: TOKEN }));
      expect(stderr).toContain('"reply":"your own answer"');
      expect(stderr).toContain('heard {"event_name":"opened","text":"my own words"}');
      expect(upstream.arrived).toMatchObject([
        {
          method: "POST",
          url: `/v1/users/jane@example.com/${TOKEN}?access_token=${TOKEN}&limit=2`,
          headers: { authorization: `Bearer ${TOKEN}`, cookie: "session=Zm9vYmFyYmF6MTIz" },
          body: expect.stringContaining('"prompt":"my own words"'),
        },
        { method: "WS", url: "/live" },
      ]);
      const written = await readFile(har, "utf8");
      for (const secret of SECRETS) {
        expect(written).not.toContain(secret);
        expect(stdout).not.toContain(secret);
      }
      const exchanges = await recorded(har);
      const keyHash = /^(Bearer )?\{sha256:[\da-f]{64}\}$/;
      expect(exchanges).toMatchObject([
        {
          method: "POST",
          url: `${upstream.origin}/v1/users/{id}/{id}?access_token={text}&limit={text}`,
          process: "curl",
          status: 201,
          headers: { authorization: [expect.stringMatching(keyHash)], cookie: [expect.stringMatching(keyHash)] },
          response: { headers: { "set-cookie": ["{text}"] } },
        },
        { method: "WS", status: 101 },
      ]);
      expect(exchanges.map(({ content }) => content?.documents)).toEqual([
        [
          {
            event_name: "talk_started",
            prompt: "{text}",
            seats: 0,
            account: { email: "{text}", apiKey: "{text}", beta: true },
            payload: { folder: "{text}" },
          },
        ],
        [{ event_name: "opened", text: "{text}" }],
      ]);
      expect(JSON.parse(exchanges[0]?.response?.text ?? "")).toEqual({
        reply: "{text}",
        refresh_token: "{text}",
        next: "https://other.example.com/",
      });
      const run = JSON.parse(stdout) as LiveRun;
      expect(run).toMatchObject({ mode: "proxy", forwarded: 2, environment: { TALK_MODE: "{text}" } });
      expect(run.command.slice(1)).toEqual([join(FIXTURE, "cli.js"), "{text}", "{text}", "{text}"]);
      expect(run.output).toEqual({ stdout: "", stderr: "" });
      expect(code).toBe(0);
    }));

  test("may be a command of this machine; the summary says what left", () =>
    server(async (upstream) => {
      const program = [process.execPath, join(FIXTURE, "cli.js")];
      const { stdout } = await forward("command", [...program, "asPerson"], { upstream, command: [], format: "text" });
      expect(stdout).toMatch(/^\S*node \{text\} \{text\}\n/);
      expect(stdout).toMatch(/forwarded: 1 request LEFT THIS MACHINE for 1 real server/);
      expect(stdout).toMatch(/POST https:\/\/127\.0\.0\.2:\d+\/v1\/users\/\{id\}\/\{id\} {2}201/);
      expect(upstream.arrived).toHaveLength(1);
    }));

  test("goes out through the proxy of this machine's owner; why it did not is said", () =>
    server(async (upstream) => {
      const nobody = "http://127.0.0.1:9";
      const failed = await forward("proxy", ["asPerson"], { upstream, env: { HTTPS_PROXY: nobody } });
      expect(await recorded(failed.har)).toMatchObject([{ status: null, failure: "ECONNREFUSED" }]);
      expect(upstream.arrived).toEqual([]);
      const exempt = { HTTPS_PROXY: nobody, NO_PROXY: "127.0.0.2" };
      expect((await forward("exempt", ["asPerson"], { upstream, env: exempt })).code).toBe(0);
      expect(upstream.arrived).toHaveLength(1);
    }));
});

describe.concurrent("what contradicts a real run is refused", () => {
  test.each([
    [["--mode", "sealed"], "--forward and --mode sealed contradict each other: nothing leaves a sealed run"],
    [
      ["--answers", "a.yaml"],
      "--forward takes the answers of the real servers, so --answers and --flag have no effect",
    ],
    [["--flag", "a=1"], "--forward takes the answers of the real servers, so --answers and --flag have no effect"],
    [["--switches"], "--switches and --forward contradict each other: it is dozens of runs"],
  ])("%s", async (given, message) => {
    const { code, stderr, stdout } = await runCli(["capture", FIXTURE, "--forward", ...given]);
    const [first, second, ...more] = stderr.split("\n");
    expect([first, second?.slice(0, 6), more]).toEqual([`extract: ${message}`, "hint: ", [""]]);
    expect([code, stdout]).toEqual([2, ""]);
  });
});
