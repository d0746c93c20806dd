import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, readlinkSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, describe, expect, inject, test } from "vitest";
import { startUpstream } from "../server/upstream.ts";
import { whyNotSealed } from "./namespaces.ts";

const FIXTURE = fileURLToPath(new URL("../fixture", import.meta.url));
/** Only what is left for good meets it. */
const PATIENCE_MS = 240_000;
const reason = whyNotSealed();
if (reason !== null) process.stderr.write(`ends of sealed runs are not tested: ${reason}\n`);

const folder = mkdtempSync(join(tmpdir(), "kill-"));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

const patiently = async (what: () => boolean): Promise<boolean> => {
  for (const since = Date.now(); Date.now() - since < PATIENCE_MS; ) {
    if (what()) return true;
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
  return false;
};

interface Running {
  pid: number;
  words: string[];
  network: string;
}

/** Processes that descend from one, as far as they can be seen. */
function below(root: number): Running[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync("/proc")) {
    if (!/^\d+$/.test(name)) continue;
    try {
      parents.set(Number(name), Number(/\) \S (\d+)/.exec(readFileSync(`/proc/${name}/stat`, "utf8"))?.[1]));
    } catch {
      // it has ended
    }
  }
  const isBelow = (pid: number): boolean => pid === root || (parents.has(pid) && isBelow(parents.get(pid)!));
  return [...parents.keys()].filter((pid) => pid !== root && isBelow(pid)).flatMap(described);
}

function described(pid: number): Running[] {
  try {
    const words = readFileSync(`/proc/${pid}/cmdline`, "utf8").split("\0");
    return [{ pid, words, network: readlinkSync(`/proc/${pid}/ns/net`) }];
  } catch {
    return [];
  }
}

const isThere = ({ pid, words }: Running): boolean => described(pid).some((now) => now.words.join() === words.join());
const networks = (): Set<string> =>
  new Set(
    readdirSync("/proc")
      .flatMap((name) => (/^\d+$/.test(name) ? described(Number(name)) : []))
      .map((p) => p.network),
  );
const mounts = (): string[] =>
  readFileSync("/proc/self/mountinfo", "utf8")
    .split("\n")
    .map((line) => line.split(" ").slice(3, 5).join(" "))
    .sort();

interface Log {
  log: { entries: { request: { url: string } }[]; _run?: { exit: Record<string, unknown> } };
}

/** A run that has sent one request and sleeps, then what `end` does to it. */
async function ended(
  name: string,
  end: (cli: ChildProcess, inside: Running[]) => void,
  how: { mode: "sealed" | "proxy"; request: string; args?: readonly string[]; env?: NodeJS.ProcessEnv } = {
    mode: "sealed",
    request: "fetch",
  },
) {
  const [har, temporary] = [join(folder, `${name}.har`), mkdtempSync(join(folder, "tmp-"))];
  const before = mounts();
  const args = ["capture", FIXTURE, "--mode", how.mode, ...(how.args ?? []), "--har", har, "--", how.request, "sleep"];
  const cli = spawn(process.execPath, [inject("cli"), ...args], {
    env: { ...process.env, ...how.env, TMPDIR: temporary },
    stdio: "ignore",
  });
  const over = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    cli.once("exit", (code, signal) => resolve({ code, signal })),
  );
  const entries = () => {
    try {
      return (JSON.parse(readFileSync(har, "utf8")) as Log).log.entries;
    } catch {
      return [];
    }
  };
  let hasEnded = false;
  over.then(() => (hasEnded = true));
  await patiently(() => hasEnded || entries().length > 0);
  expect(entries().length).toBeGreaterThan(0);
  const inside = below(cli.pid!);
  const sealed = inside.filter(({ network }) => network !== readlinkSync("/proc/self/ns/net"));
  expect((how.mode === "sealed" ? sealed : inside).some(({ words }) => words.includes("sleep"))).toBe(true);
  end(cli, inside);
  const outcome = await over;
  await patiently(() => !inside.some(isThere) && readdirSync(temporary).length === 0);
  return {
    outcome,
    left: {
      processes: inside.filter(isThere).map(({ words }) => words.join(" ")),
      networks: [...new Set(sealed.map(({ network }) => network))].filter((network) => networks().has(network)),
      mounts: mounts().filter((mount) => !before.includes(mount)),
      files: readdirSync(temporary),
    },
    har: JSON.parse(readFileSync(har, "utf8")) as Log,
  };
}

const NOTHING = { processes: [], networks: [], mounts: [], files: [] };
const killed = (inside: Running[], is: (words: string[]) => boolean): void => {
  const victims = inside.filter(({ words }) => is(words));
  expect(victims.length).toBeGreaterThan(0);
  for (const { pid } of victims) process.kill(pid, "SIGKILL");
};

describe
  .skipIf(reason !== null)
  .concurrent("nothing is left, and the requests so far are kept, when somebody ends", () => {
    test("the program, by force: the run ends as usual", async () => {
      const { outcome, left, har } = await ended("program", (_, inside) =>
        killed(inside, (words) => words[1] === "/opt/package/cli.js"),
      );
      expect(left).toEqual(NOTHING);
      expect(har.log.entries).toHaveLength(1);
      expect(har.log._run?.exit).toEqual({ code: null, signal: "SIGKILL", timedOut: false, interrupted: false });
      expect(outcome).toEqual({ code: 0, signal: null });
    });

    test("the part that answers, by force: that is said", async () => {
      const { outcome, left, har } = await ended("sink", (_, inside) =>
        killed(inside, (words) => words.includes("--inside") && words[0]!.endsWith("node")),
      );
      expect(left).toEqual(NOTHING);
      expect(har.log.entries).toHaveLength(1);
      expect(outcome.code).toBe(2);
    });

    test("all of it, by force", async () => {
      const { left, har } = await ended("all", (cli) => cli.kill("SIGKILL"));
      expect(left).toEqual(NOTHING);
      expect(har.log.entries).toHaveLength(1);
    });

    test.each(["SIGINT", "SIGTERM"] as const)("all of it, by %s: what was seen is told", async (signal) => {
      const { outcome, left, har } = await ended(signal, (cli) => cli.kill(signal));
      expect(left).toEqual(NOTHING);
      expect(har.log.entries).toHaveLength(1);
      expect(har.log._run?.exit).toMatchObject({ interrupted: true });
      expect(outcome).toEqual({ code: null, signal });
    });
  });

// curl, since this Node's own fetch takes no proxy
const THROUGH_PROXY = { mode: "proxy", request: "curl" } as const;

describe
  .skipIf(process.platform !== "linux")
  .concurrent("in proxy mode nothing is left either, when somebody ends", () => {
    test("the part that answers, by force", async () => {
      const inner = (_: ChildProcess, inside: Running[]) => killed(inside, (words) => words.includes("--inside"));
      const { outcome, left, har } = await ended("proxy-sink", inner, THROUGH_PROXY);
      expect(left).toEqual(NOTHING);
      expect(har.log.entries).toHaveLength(1);
      expect(outcome.code).toBe(2);
    });

    test.each(["SIGKILL", "SIGINT"] as const)("all of it, by %s", async (signal) => {
      const { outcome, left, har } = await ended(`proxy-${signal}`, (cli) => cli.kill(signal), THROUGH_PROXY);
      expect(left).toEqual(NOTHING);
      expect(har.log.entries.map(({ request }) => request.url)).toEqual(["https://curl.example.com/from-child"]);
      expect(outcome).toEqual({ code: null, signal });
    });

    test.each(["SIGKILL", "SIGINT"] as const)("all of a real run, by %s", async (signal) => {
      const upstream = await startUpstream();
      const how = {
        mode: "proxy",
        request: "asPerson",
        args: ["--forward"],
        env: { ...upstream.environment, TALK_TOKEN: "tk-live-Zx81Qp07Lm55Rt22" },
      } as const;
      const { outcome, left, har } = await ended(`forward-${signal}`, (cli) => cli.kill(signal), how);
      await upstream.close();
      expect(upstream.arrived).toHaveLength(1);
      expect(left).toEqual(NOTHING);
      expect(har.log.entries).toHaveLength(1);
      expect(JSON.stringify(har)).not.toContain(how.env.TALK_TOKEN);
      expect(outcome).toEqual({ code: null, signal });
    });
  });
