import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { afterEach, beforeEach, expect, inject, test } from "vitest";
import { type Outcome, runCli } from "../run-cli.ts";
import { FixtureReleases } from "./fixture-releases.ts";

let folder = "";
let releases: FixtureReleases;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "endpoint-extractor-census-"));
  releases = await FixtureReleases.start();
});
afterEach(async () => {
  await releases.stop();
  await rm(folder, { recursive: true, force: true });
});

const census = (part: string, ...words: string[]): Promise<Outcome> =>
  runCli(["census", part, ...words, "-d", join(folder, "census")]);
const plan = (...words: string[]) => census("plan", ...words, ...releases.supply);
const work = (...words: string[]) => census("work", ...words, "--jobs", "2", ...releases.supply);
const asked = async (...words: string[]) => JSON.parse((await census("ask", ...words, "-f", "json")).stdout);
const standing = async () => JSON.parse((await census("status", "-f", "json")).stdout);

/** Every object by its path, as it lies on the disk. */
async function objects(at = join(folder, "census")): Promise<Record<string, string>> {
  const found: Record<string, string> = {};
  const root = join(at, "objects");
  for (const name of (await readdir(root, { recursive: true })).filter((one) => one.endsWith(".gz")).sort()) {
    found[name] = (await readFile(join(root, name))).toString("base64");
  }
  return found;
}

function publishTools(): void {
  for (const [version, host] of [
    ["1.0.0", "a"],
    ["1.2.0", "b"],
    ["1.10.0", "b"],
  ])
    releases.publish("some-tool", version!, { urls: [`https://${host}.example.com/v1`], variables: ["DO_NOT_TRACK"] });
  releases.publish("other-tool", "3.0.0", { urls: ["https://b.example.com/v2"], events: ["started", "ended"] });
}

test("plan, work, ask: first and last version of a host, a variable, an event, and who else", async () => {
  publishTools();
  expect((await plan("some-tool", "other-tool")).stderr).toContain("4 releases of 2 packages");
  const { code, stderr } = await work();
  expect(stderr).toContain("4 of 4 done");
  expect(code).toBe(0);
  expect(await asked("host", "b.example.com")).toEqual([
    {
      package: "other-tool",
      host: "b.example.com",
      first: "3.0.0",
      since: "2025-04-01",
      last: "3.0.0",
      until: "2025-04-01",
      versions: "1 of 1",
      now: "yes",
    },
    {
      package: "some-tool",
      host: "b.example.com",
      first: "1.2.0",
      since: "2025-02-03",
      last: "1.10.0",
      until: "2025-02-11",
      versions: "2 of 3",
      now: "yes",
    },
  ]);
  expect(await asked("host", "a.example.com")).toMatchObject([{ first: "1.0.0", last: "1.0.0", now: "no" }]);
  const below = await asked("host", "example.com");
  expect(below.map(({ host }: { host: string }) => host)).toContain("switched.example.com");
  expect(await asked("env", "DO_*")).toMatchObject([{ env: "DO_NOT_TRACK", versions: "3 of 3" }]);
  expect(await asked("event", "started")).toMatchObject([{ package: "other-tool", event: "started" }]);
  expect(await asked("sql", "select count(*) as n from releases where outcome = 'report'")).toEqual([{ n: 4 }]);

  const nothing = await census("ask", "host", "nowhere.example.org");
  expect(nothing).toMatchObject({ code: 1, stdout: "nothing\n" });
});

test("what is planned twice is done once; more versions are added to it", async () => {
  publishTools();
  await plan("some-tool@^1.2");
  await work();
  const before = await objects();
  expect(Object.keys(before)).toHaveLength(2);
  expect((await plan("some-tool")).stderr).toContain("1 new, 2 known");
  await work();
  expect(await objects()).toMatchObject(before);
  expect(Object.keys(await objects())).toHaveLength(3);
});

test("workers that are killed at any moment lose nothing and double nothing", async () => {
  const names = Array.from({ length: 14 }, (_, at) => `1.${at}.0`);
  for (const version of names) releases.publish("some-tool", version, { urls: [`https://h.example.com/${version}`] });
  await plan("some-tool");
  // whoever fetches these tarballs is killed, whole, at that moment; the last ones are left in peace
  const deadly = new Set(["1.0.0", "1.3.0", "1.4.0", "1.9.0"]);
  let kills = 0;
  while (deadly.size > 0) {
    const child = spawn(
      process.execPath,
      [inject("cli"), "census", "work", "-d", join(folder, "census"), "--jobs", "2", ...releases.supply],
      { stdio: "ignore" },
    );
    const ended = once(child, "exit");
    const look = setInterval(() => {
      const seen = releases.registry.requests.find(({ path }) => deadly.has(/-\/(.*)\.tgz$/.exec(path)?.[1] ?? ""));
      if (seen === undefined || child.killed) return;
      deadly.delete(/-\/(.*)\.tgz$/.exec(seen.path)![1]!);
      kills++;
      child.kill("SIGKILL");
    }, 1);
    await ended;
    clearInterval(look);
    releases.registry.requests.length = 0;
  }
  expect(kills).toBe(4);
  const [first, second] = await Promise.all([work(), work()]);
  expect([first!.code, second!.code]).toEqual([0, 0]);
  expect((await standing()).jobs).toMatchObject({ done: 14, report: 14, left: 0, failed: 0 });
  expect(Object.keys(await objects())).toHaveLength(14);
  expect(await asked("sql", "select count(*) as n, count(distinct version) as v from releases")).toEqual([
    { n: 14, v: 14 },
  ]);
  expect(await asked("sql", "select count(*) as n from endpoints")).toEqual([{ n: 14 }]);
  expect(await readdir(join(folder, "census", "objects", "unfinished"))).toEqual([]);
});

test("a package that can't be read is stored as failed with its reason, and not tried again unless asked", async () => {
  releases.put("no-code", "1.0.0", [{ name: "package/package.json", body: "{}" }]);
  releases.publish("some-tool", "1.0.0", { urls: ["https://a.example.com/"] });
  await plan("no-code", "some-tool");
  const { code, stderr } = await work();
  expect(code).toBe(1);
  expect(stderr).toContain("no-code@1.0.0: failed, no-javascript");
  const { failures, jobs } = await standing();
  expect(jobs).toMatchObject({ report: 1, failed: 1, left: 0 });
  expect(failures).toEqual([
    { package: "no-code", version: "1.0.0", outcome: "failed", reason: expect.stringMatching(/^no-javascript: /) },
  ]);
  expect(await asked("sql", "select code from releases where outcome = 'failed'")).toEqual([{ code: "no-javascript" }]);
  const stored = await objects();
  expect((await work("--again")).stderr).toContain("1 to be done once more");
  expect(await objects()).toEqual(stored);
});

test("a job that takes more memory than it may is ended and says so; one out of time gives what is known", async () => {
  publishTools();
  await plan("other-tool");
  const small = await work("--job-memory", "20MB");
  expect([small.code, small.stderr]).toEqual([1, expect.stringContaining("failed, memory: it takes more than 20 MB")]);
  expect((await standing()).jobs).toMatchObject({ failed: 1, report: 0 });
  await work("--again", "--max-time", "0.001s");
  expect((await standing()).jobs).toMatchObject({ partial: 1, failed: 0 });
  expect(await asked("sql", "select outcome from releases")).toEqual([{ outcome: "partial" }]);
  await work("--again");
  expect((await standing()).jobs).toMatchObject({ report: 1, partial: 0 });
  // the best of three stored results
  await census("rebuild");
  expect(await asked("sql", "select outcome from releases")).toEqual([{ outcome: "report" }]);
  expect(Object.keys(await objects())).toHaveLength(3);
});

test("a job whose process is killed waits for another try, and the pool goes on", async () => {
  releases.publish("some-tool", "1.0.0", { urls: ["https://a.example.com/"] });
  await plan("some-tool");
  // nobody is answered: the process of the job waits for as long as it lives
  releases.registry.answer = () => undefined;
  const words = ["census", "work", "-d", join(folder, "census"), "--jobs", "1", ...releases.supply];
  const pool = spawn(process.execPath, [inject("cli"), ...words], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  const told = new Promise<void>((resolve) => {
    pool.stderr.setEncoding("utf8").on("data", (text: string) => {
      said += text;
      if (said.includes("to be tried again, crashed")) resolve();
    });
  });
  const killed = new Set<string>();
  while (killed.size === 0) {
    const children = await readFile(`/proc/${pool.pid}/task/${pool.pid}/children`, "utf8");
    for (const pid of children.split(" ").filter((one) => one !== "" && releases.registry.requests.length > 1)) {
      process.kill(Number(pid), "SIGKILL");
      killed.add(pid);
    }
    await delay(20);
  }
  await told;
  pool.kill("SIGKILL");
  await once(pool, "close");
  const { jobs, failures } = await standing();
  expect(jobs).toMatchObject({ waiting: 1, retry: 1, done: 0 });
  expect(failures).toMatchObject([{ outcome: "again", reason: "crashed: its process ended with SIGKILL" }]);
});

test("the index is made again from the objects", async () => {
  publishTools();
  releases.put("no-code", "1.0.0", [{ name: "package/package.json", body: "{}" }]);
  await plan("some-tool", "other-tool", "no-code");
  await work();
  const all = ["releases", "hosts", "events", "variables", "gates", "endpoints"];
  // numbers of releases are those of the moment
  const dump = async () => {
    const tables = all.map((table) => asked("sql", `select * from ${table}`));
    return (await Promise.all(tables)).map((rows: Record<string, unknown>[]) =>
      rows.map(({ id: _, release: __, ...row }) => JSON.stringify(row)).sort(),
    );
  };
  const before = await dump();
  expect(before.every((rows) => rows.length > 0)).toBe(true);
  const files = await readdir(join(folder, "census"));
  for (const name of files.filter((one) => one.startsWith("census.db"))) await rm(join(folder, "census", name));
  const rebuilt = await census("rebuild");
  expect(rebuilt.stderr).toContain("5 releases from 5 objects");
  expect(await dump()).toEqual(before);
  // nothing is left to do
  expect((await plan("some-tool", "other-tool")).stderr).toContain("0 new, 4 known");

  const [some] = Object.keys(await objects());
  await rm(join(folder, "census", "objects", some!));
  await writeFile(join(folder, "census", "objects", some!), "not what it was");
  const damaged = await census("rebuild");
  expect(damaged.code).toBe(1);
  expect(damaged.stderr).toMatch(/not what its name says/);
  expect(damaged.stderr).toContain("4 releases from 5 objects");
});

test("history and diff take reports from a census and ask the registry for no tarball", async () => {
  publishTools();
  await plan("some-tool");
  await work();
  releases.registry.requests.length = 0;
  const where = ["--census", join(folder, "census"), ...releases.supply];
  const { stdout, code } = await runCli(["history", "some-tool", "--format", "json", ...where]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).versions).toHaveLength(3);
  const diffed = await runCli(["diff", "some-tool@1.0.0", "some-tool@1.10.0", "-f", "json", ...where]);
  expect(diffed.stdout).toContain("https://b.example.com/v1");
  expect(releases.registry.requests.filter(({ path }) => path.endsWith(".tgz"))).toEqual([]);
  const own = await runCli([
    "diff",
    "some-tool@1.0.0",
    "some-tool@1.10.0",
    "-f",
    "json",
    "--no-census",
    ...releases.supply,
  ]);
  expect(diffed.stdout).toBe(own.stdout);
});

test("a site and its feed are made from a census; each version is compared with the one before", async () => {
  publishTools();
  await plan("some-tool", "other-tool");
  await work();
  const site = join(folder, "site");
  const made = await runCli(["site", "--census", join(folder, "census"), "-o", site]);
  expect([made.code, made.stderr]).toEqual([0, expect.stringContaining("index.html")]);
  const pages = await readdir(join(site, "some-tool"));
  expect(pages.filter((name) => name.includes(".."))).toEqual(["1.0.0..1.2.0.html", "1.2.0..1.10.0.html"]);
  expect(pages).toEqual(expect.arrayContaining(["1.0.0.html", "1.2.0.html", "1.10.0.html", "index.html"]));
  const tool = await readFile(join(site, "some-tool", "index.html"), "utf8");
  const linked = [...tool.matchAll(/href="([^"]*\.\.[^"/]*\.html)"/g)].map(([, href]) => href);
  expect(linked).toEqual(["1.2.0..1.10.0.html", "1.0.0..1.2.0.html"]);
  const feed = JSON.parse(await readFile(join(site, "feed.json"), "utf8"));
  expect(feed.items.map(({ title }: { title: string }) => title.split(":")[0])).toEqual([
    "other-tool 3.0.0",
    "some-tool 1.10.0",
    "some-tool 1.2.0",
    "some-tool 1.0.0",
  ]);
});

test("the tables are written as Parquet, which DuckDB reads", async () => {
  publishTools();
  await plan("some-tool", "other-tool");
  await work();
  const into = join(folder, "parquet");
  expect((await census("export", "--parquet", into)).code).toBe(0);
  const { DuckDBInstance } = await import("@duckdb/node-api");
  const connection = await (await DuckDBInstance.create(":memory:")).connect();
  const found = await connection.runAndReadAll(
    `select r.package, r.version, h.host from '${into}/releases.parquet' r join '${into}/hosts.parquet' h
     on h.release = r.id where h.host = 'b.example.com' order by 1, r.version_order`,
  );
  expect(found.getRows()).toEqual([
    ["other-tool", "3.0.0", "b.example.com"],
    ["some-tool", "1.2.0", "b.example.com"],
    ["some-tool", "1.10.0", "b.example.com"],
  ]);
  connection.closeSync();
});

test.each([
  [["ask", "host", "example.com"], /no census in /, /census plan/],
  [["status"], /no census in /, /census plan/],
  [["plan", "no-such-tool"], /no package no-such-tool/, /./],
  [["work", "--queue", "mysql://x"], /a queue is in PostgreSQL/, /postgres:/],
])("census %s: one line and a hint", async ([part, ...words], message, hint) => {
  const more = part === "plan" || part === "work" ? releases.supply : [];
  const { code, stderr } = await census(part!, ...words, ...more);
  expect(code).toBe(2);
  expect(stderr).toMatch(message);
  expect(stderr).toMatch(hint);
});

test("without saying which part of it is meant: the help, and a line", async () => {
  const { code, stderr } = await runCli(["census"]);
  expect(code).toBe(2);
  expect(stderr).toContain("extract census plan");
  expect(stderr.trimEnd().split("\n").slice(-2)).toEqual(["extract: which one is meant?", "hint: see Commands above"]);
});

test("a question that would change something is refused", async () => {
  publishTools();
  await plan("other-tool");
  await work();
  for (const sql of ["delete from releases", "attach 'x.db' as x", "select 1; delete from releases", "selekt"]) {
    const { code, stderr } = await census("ask", "sql", sql);
    expect([sql, code]).toEqual([sql, 2]);
    expect(stderr).toContain("not a question in SQL");
  }
  expect(await asked("sql", "select count(*) as n from releases")).toEqual([{ n: 1 }]);
});
