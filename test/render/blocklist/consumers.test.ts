import { type ChildProcess, spawn } from "node:child_process";
import { Resolver } from "node:dns/promises";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import type { Report } from "../../../extractor/model/report.ts";
import { blockListFormats } from "../../../extractor/render/blocklist/formats.ts";
import { planBlockList, TELEMETRY_CHANNELS } from "../../../extractor/render/blocklist/plan.ts";
import { debianProgram, run } from "../../debian-program.ts";
import { hostile, report } from "../report-fixture.ts";
import { tool } from "./tool-report.ts";

let folder = "";
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-lists-"));
});
afterAll(() => rm(folder, { recursive: true, force: true }));

async function list(
  name: keyof typeof blockListFormats,
  source: Report,
  keep: "required" | "nothing" = "nothing",
): Promise<string> {
  const path = join(folder, `${name}.conf`);
  const only = keep === "required" ? TELEMETRY_CHANNELS : null;
  await writeFile(path, blockListFormats[name].render(planBlockList([source], { only, keep, withPaths: true })));
  return path;
}

describe.each<[string, Report]>([
  ["a tool with every kind of host", tool],
  ["an empty report", report()],
  ["a hostile report", hostile("x\n$(id) \" ' } ; { \\ # /")],
])("%s", (_what, source) => {
  test("squid -k parse", async () => {
    const config = join(folder, "squid-main.conf");
    await writeFile(config, `http_port 127.0.0.1:3128\ninclude ${await list("squid", source)}\nhttp_access deny all\n`);
    const { code, output } = await run(await debianProgram("squid"), ["-k", "parse", "-f", config]);
    expect(output).not.toMatch(/WARNING|ERROR|FATAL/);
    expect(code, output).toBe(0);
  });

  test("dnsmasq --test", async () => {
    const { code, output } = await run(await debianProgram("dnsmasq-base"), [
      "--test",
      "-C",
      await list("dnsmasq", source),
    ]);
    expect(code, output).toBe(0);
  });

  test("nft -c", async () => {
    const { code, output } = await run(await debianProgram("nftables"), ["-c", "-f", await list("nftables", source)]);
    expect(code, output).toBe(0);
  });
});

test("a list that is broken doesn't pass", async () => {
  const broken = join(folder, "broken.conf");
  await writeFile(broken, "acl x dstdomain_no_such_type a.example\naddress==/x\nset x {\n");
  const outcomes = await Promise.all([
    run(await debianProgram("squid"), ["-k", "parse", "-f", broken]),
    run(await debianProgram("dnsmasq-base"), ["--test", "-C", broken]),
    run(await debianProgram("nftables"), ["-c", "-f", broken]),
  ]);
  expect(outcomes.map(({ code }) => code === 0)).toEqual([false, false, false]);
});

test("dnsmasq knows no blocked name, and asks the usual servers for what must stay", async () => {
  const path = await list("dnsmasq", tool, "required");
  const usual = await dnsmasq(["--conf-file=/dev/null", "--address=/#/192.0.2.7"]);
  const blocking = await dnsmasq([`--conf-file=${path}`, `--server=127.0.0.1#${usual.port}`]);
  const servers = [usual.server, blocking.server];
  try {
    const resolver = new Resolver({ timeout: 500, tries: 20 });
    resolver.setServers([`127.0.0.1:${blocking.port}`]);
    for (const name of ["stats.example", "stats-eu.example"]) {
      await expect(resolver.resolve4(name)).rejects.toMatchObject({ code: "ENOTFOUND" });
    }
    for (const name of ["login.stats.example", "downloads.example", "api.acme.example"]) {
      expect(await resolver.resolve4(name)).toEqual(["192.0.2.7"]);
    }
  } finally {
    for (const server of servers) server.kill();
    await Promise.all(servers.map((server) => server.exitCode ?? once(server, "exit")));
  }
});

/**
 * A server that answers. A port that was free a moment ago may be another test's by now: then dnsmasq ends, and
 * another is tried.
 */
async function dnsmasq(args: string[]): Promise<{ server: ChildProcess; port: number }> {
  const program = await debianProgram("dnsmasq-base");
  const fixed = [
    "--keep-in-foreground",
    "--no-resolv",
    "--no-hosts",
    "--listen-address=127.0.0.1",
    "--bind-interfaces",
    "--pid-file=",
  ];
  let said = "";
  for (let attempt = 0; attempt < 8; attempt++) {
    const port = await freePort();
    const server = spawn(program, [...fixed, `--port=${port}`, ...args], { stdio: ["ignore", "ignore", "pipe"] });
    server.stderr?.on("data", (text) => {
      said += text;
    });
    while (server.exitCode === null) {
      if (await answers(port)) return { server, port };
      await setTimeout(50);
    }
  }
  throw new Error(`dnsmasq finds no port of its own: ${said}`);
}

/** Any answer will do; a port where nobody listens yet refuses. */
async function answers(port: number): Promise<boolean> {
  const resolver = new Resolver({ timeout: 500, tries: 1 });
  resolver.setServers([`127.0.0.1:${port}`]);
  return resolver.resolve4("localhost").then(
    () => true,
    ({ code }) => code !== "ECONNREFUSED" && code !== "ETIMEOUT",
  );
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, "close");
  return port;
}
