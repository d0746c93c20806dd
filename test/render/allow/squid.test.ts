import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { type AddressInfo, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import { planAllowList } from "../../../extractor/render/allow/plan.ts";
import { renderSquidAllowList } from "../../../extractor/render/allow/squid.ts";
import { loadSignatures } from "../../../extractor/signatures/load.ts";
import { debianProgram } from "../../debian-program.ts";
import { needy } from "./needy-tool.ts";

const DENIED = 403;

let folder = "";
let port = 0;
let squid: ChildProcess;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-squid-"));
  const { sandboxes } = await loadSignatures();
  const plan = planAllowList([needy], { withTelemetry: false, requiredOnly: false, withPaths: true });
  const list = join(folder, "allow.conf");
  await writeFile(list, renderSquidAllowList(plan, sandboxes.find(({ id }) => id === "squid")!));
  const program = await debianProgram("squid");
  for (let attempt = 0; attempt < 8; attempt++) {
    port = await freePort();
    const config = join(folder, "squid.conf");
    await writeFile(
      config,
      [
        `http_port 127.0.0.1:${port}`,
        `include ${list}`,
        "pid_filename none",
        "access_log none",
        "cache_log /dev/null",
        "cache_store_log none",
        "netdb_filename none",
        "pinger_enable off",
        "cache deny all",
        // names of no network: whatever is allowed can't be looked up
        "dns_nameservers 127.0.0.1",
        "dns_timeout 1 second",
        "shutdown_lifetime 0 seconds",
        "",
      ].join("\n"),
    );
    squid = spawn(program, ["-N", "-f", config], { stdio: "ignore" });
    while (squid.exitCode === null) {
      if (await status("http://probe.invalid/").catch(() => 0)) return;
      await setTimeout(100);
    }
  }
  throw new Error("squid finds no port of its own");
});
afterAll(async () => {
  if (squid.exitCode === null) {
    squid.kill("SIGKILL");
    await once(squid, "exit");
  }
  await rm(folder, { recursive: true, force: true });
});

test.each([
  ["http://api.acme.example/v1/chats/1/messages", true],
  ["http://llm.eu-west-1.cloud.example/", true],
  ["http://eu-llm.cloud.example/", true],
  ["http://blue.teams.example/", true],
  ["http://stats.example/batch", false],
  ["http://other.acme.example/", false],
  ["http://llm.eu.cloud.example.evil.example/", false],
  ["https://api.acme.example/v1/events?x=1", false],
])("%s: allowed %s", async (url, isAllowed) => {
  expect((await status(url)) !== DENIED).toBe(isAllowed);
});

/** What the proxy answers. A request in the clear for an https URL is what a decrypting squid asks its rules. */
async function status(url: string): Promise<number> {
  const sent = request({ host: "127.0.0.1", port, path: url, headers: { Host: new URL(url).host }, agent: false });
  sent.end();
  const [answer] = await once(sent, "response");
  answer.resume();
  return answer.statusCode;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port: free } = server.address() as AddressInfo;
  server.close();
  await once(server, "close");
  return free;
}
