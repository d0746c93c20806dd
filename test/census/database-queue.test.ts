import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import type { CensusJob } from "../../extractor/census/job/job.ts";
import { failedResult, MAX_ATTEMPTS, waitAfter } from "../../extractor/census/job/outcome.ts";
import { DatabaseQueue } from "../../extractor/census/queue/database-queue.ts";
import { type Database, openDatabase } from "../../extractor/census/store/database.ts";
import { currentHolder, isGone } from "../../extractor/census/store/holder.ts";

const MAKER = { engine: "e", signatures: "s" };
const DONE = { object: "00", outcome: "failed", cost: { cpuSeconds: 2, seconds: 3, peakBytes: 5e8 } } as const;
const NETWORK = { code: "network", message: "away" } as const;

let folder = "";
let database: Database;
let now = 0;
let queue: DatabaseQueue;

const job = (version: string, bytes = 0, engine = "e"): CensusJob => ({
  ...MAKER,
  package: "some-tool",
  version,
  published: null,
  integrity: `sha512-${version}`,
  bytes,
  engine,
  options: { sourceMaps: true, from: "bundle" },
});
const read = async () => failedResult(job("1.0.0"), { code: "bad-archive", message: "cut" });

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-jobs-"));
  database = await openDatabase(folder);
  now = 1e12;
  queue = new DatabaseQueue(database, MAKER, read, () => now);
});
afterEach(async () => {
  database.close();
  await rm(folder, { recursive: true, force: true });
});

test("the smallest first; those of another build are left alone", async () => {
  await queue.add([job("1.0.0", 9), job("1.1.0", 5), job("1.2.0", 7), job("2.0.0", 1, "another")]);
  const versions = [await queue.claim(), await queue.claim(), await queue.claim()].map((one) => one?.job.version);
  expect(versions).toEqual(["1.1.0", "1.2.0", "1.0.0"]);
  expect(await queue.claim()).toBeNull();
  expect(await queue.tally()).toMatchObject({ running: 3, waiting: 0 });
});

test("what failed waits longer each time, and what it failed of is known meanwhile", async () => {
  await queue.add([job("1.0.0")]);
  for (let attempt = 1; attempt < MAX_ATTEMPTS; attempt++) {
    const claimed = await queue.claim();
    expect(claimed?.attempts).toBe(attempt);
    await queue.putOff(claimed!, NETWORK);
    expect(await queue.tally()).toMatchObject({ waiting: 1, retry: 1 });
    now += waitAfter(attempt) * 1000 - 1;
    expect(await queue.claim()).toBeNull();
    now += 1;
  }
  const last = await queue.claim();
  expect(last?.attempts).toBe(MAX_ATTEMPTS);
  await queue.finish(last!, DONE);
  expect(await queue.tally()).toMatchObject({ failed: 1, waiting: 0, retry: 0 });
  expect(await queue.peakOf("some-tool")).toBe(5e8);
  expect(await queue.reopen()).toBe(1);
  expect((await queue.claim())?.attempts).toBe(1);
});

test("a claim holds while its process lives, and not a moment longer", async () => {
  await queue.add([job("1.0.0")]);
  const claimed = await queue.claim();
  // another process of this machine, which lives
  const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1e6)"], { stdio: "ignore" });
  const theirs = `${/^(.*)-\d+-\d*$/.exec(currentHolder())?.[1]}-${child.pid}-`;
  const give = (to: string) => database.prepare("UPDATE jobs SET holder = ?").run(to);
  give(theirs);
  expect(await queue.claim()).toBeNull();
  child.kill("SIGKILL");
  await once(child, "exit");
  const again = await queue.claim();
  expect(again?.id).toBe(claimed?.id);
  // that the first one ends it after all changes nothing: it is another one's now
  give("elsewhere-1-1");
  await queue.finish(claimed!, DONE);
  expect(await queue.tally()).toMatchObject({ running: 1, failed: 0 });
  expect(database.prepare("SELECT count(*) AS n FROM releases").get()).toEqual({ n: 0 });
});

test("a process that got the number of an earlier one is another one", () => {
  const own = currentHolder();
  expect(isGone(own)).toBe(false);
  if (process.platform === "linux") expect(isGone(own.replace(/\d+$/, "1"))).toBe(true);
  expect(isGone("another_machine-1-1")).toBe(false);
  expect(isGone("nothing of ours")).toBe(true);
  expect(own.startsWith(hostname().replace(/[^a-z\d.]/gi, "_"))).toBe(true);
});
