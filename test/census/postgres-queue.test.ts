import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { CensusJob } from "../../extractor/census/job/job.ts";
import { BossQueue } from "../../extractor/census/queue/boss-queue.ts";
import type { ClaimedJob, FinishedJob } from "../../extractor/census/queue/job-queue.ts";
import { runCli } from "../run-cli.ts";
import { FixtureReleases } from "./fixture-releases.ts";
import { Postgres } from "./postgres.ts";

let folder = "";
let postgres: Postgres;
let releases: FixtureReleases;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-queue-"));
  [postgres, releases] = await Promise.all([Postgres.start(), FixtureReleases.start()]);
});
afterAll(async () => {
  await Promise.all([postgres.stop(), releases.stop()]);
  await rm(folder, { recursive: true, force: true });
});

async function objects(census: string): Promise<Record<string, string>> {
  const root = join(folder, census, "objects");
  const found: Record<string, string> = {};
  for (const name of (await readdir(root, { recursive: true })).filter((one) => one.endsWith(".gz")).sort()) {
    found[name] = (await readFile(join(root, name))).toString("base64");
  }
  return found;
}

const verb = (part: string, census: string, ...words: string[]) =>
  runCli(["census", part, ...words, "-d", join(folder, census)]);

test("three workers on a queue write the objects that one pool writes, byte for byte", async () => {
  for (const minor of [0, 1, 2, 3, 4]) {
    releases.publish("some-tool", `1.${minor}.0`, { urls: [`https://h${minor}.example.com/`], events: ["begun"] });
  }
  releases.put("no-code", "1.0.0", [{ name: "package/package.json", body: "{}" }]);
  const tools = ["some-tool", "no-code"];
  await verb("plan", "alone", ...tools, ...releases.supply);
  await verb("work", "alone", ...releases.supply);

  const queue = ["--queue", postgres.address];
  expect((await verb("plan", "queued", ...tools, ...queue, ...releases.supply)).stderr).toContain("6 new, 0 known");
  expect((await verb("plan", "queued", ...tools, ...queue, ...releases.supply)).stderr).toContain("0 new, 6 known");
  const workers = Array.from({ length: 3 }, () => verb("work", "queued", "--jobs", "1", ...queue, ...releases.supply));
  for (const { code, stderr } of await Promise.all(workers)) {
    expect(stderr).toContain("6 of 6 done (1 failed)");
    expect(code).toBe(1);
  }
  const made = await objects("queued");
  expect(Object.keys(made)).toHaveLength(6);
  expect(made).toEqual(await objects("alone"));

  expect((await verb("rebuild", "queued")).stderr).toContain("6 releases from 6 objects");
  const question = ["host", "example.com", "-f", "json"];
  const [alone, queued] = [await verb("ask", "alone", ...question), await verb("ask", "queued", ...question)];
  expect(JSON.parse(queued.stdout)).toHaveLength(6);
  expect(queued.stdout).toBe(alone.stdout);
  const standing = JSON.parse((await verb("status", "queued", "-f", "json", ...queue)).stdout);
  expect(standing.jobs).toMatchObject({ done: 6, report: 5, failed: 1, left: 0 });
});

const job = (version: string): CensusJob => ({
  package: "lost-tool",
  version,
  published: null,
  integrity: `sha512-${version}`,
  bytes: 0,
  engine: "e",
  signatures: "s",
  options: { sourceMaps: true, from: "bundle" },
});

const DONE: FinishedJob = {
  object: "00",
  outcome: "report",
  cost: { cpuSeconds: 1, seconds: 1, peakBytes: 5e8 },
};

/** Waits for as long as it takes. */
async function claimed(queue: BossQueue): Promise<ClaimedJob> {
  for (;;) {
    const next = await queue.claim();
    if (next !== null) return next;
    await delay(200);
  }
}

test("what a worker held that is gone, or put off, is another one's; nothing is done twice", async () => {
  const maker = { engine: "e", signatures: "s" };
  const open = () => BossQueue.open(postgres.address, maker, { jobSeconds: 1, retrySeconds: 1 });
  const [gone, other] = [await open(), await open()];
  expect(await gone.add([job("1.0.0"), job("1.1.0"), job("1.1.0")])).toEqual({ added: 2, known: 1 });
  const held = await claimed(gone);
  await gone.close();

  const next = await claimed(other);
  expect(next.job.version).not.toBe(held.job.version);
  await other.putOff(next, { code: "network", message: "away" });
  expect((await other.tally()).waiting).toBeGreaterThan(0);
  const again = [await claimed(other)];
  await other.finish(again[0]!, DONE);
  again.push(await claimed(other));
  await other.finish(again[1]!, DONE);
  expect(again.map((one) => one.job.version).sort()).toEqual(["1.0.0", "1.1.0"]);
  expect(again.map(({ attempts }) => attempts)).toEqual([2, 2]);
  expect(await other.tally()).toEqual({ waiting: 0, retry: 0, running: 0, report: 2, partial: 0, failed: 0 });
  expect(await other.peakOf("lost-tool")).toBe(5e8);
  expect(await other.claim()).toBeNull();
  expect(await other.add([job("1.0.0")])).toEqual({ added: 0, known: 1 });
  await other.close();
});

test("an address where nothing answers: one line, without its password, and what to give", async () => {
  const address = "postgres://census:very-secret@127.0.0.1:1/census";
  const { code, stderr } = await verb("status", "queued", "--queue", address);
  expect(code).toBe(2);
  expect(stderr).toMatch(/^extract: no queue at postgres:\/\/census@127\.0\.0\.1:1\/census: /);
  expect(stderr).not.toContain("very-secret");
  expect(stderr).toContain("hint: postgres://user:password@host");
});
