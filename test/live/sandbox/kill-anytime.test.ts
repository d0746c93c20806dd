import { spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, inject, test } from "vitest";
import { NOBODY_IN_PARTICULAR } from "../escape/run-attacker.ts";
import { whyNotSealed } from "./namespaces.ts";

const FIXTURE = fileURLToPath(new URL("../fixture", import.meta.url));
const TIMES = 30;
/** A run is built in about a second, then sends, then sleeps. */
const LATEST_MS = 3000;
const PATIENCE_MS = 30_000;
const reason = whyNotSealed();

const processes = () => readdirSync("/proc").filter((name) => /^\d+$/.test(name));
/** Processes of a run know its variable; namespaces and what is mounted in them end with their last process. */
const marked = (mark: string): string[] =>
  processes().filter((pid) => {
    try {
      return readFileSync(`/proc/${pid}/environ`, "utf8").includes(mark);
    } catch {
      return false;
    }
  });

/** Control groups of runs that nobody is in any more, below the group we are in ourselves and above it. */
function emptyGroups(): string[] {
  const own = readFileSync("/proc/self/cgroup", "utf8").matchAll(/^\d+:(memory)?:(\/.*)$/gm);
  const folders = [...own].flatMap(([, version1, path = ""]) => {
    const mount = version1 === undefined ? "/sys/fs/cgroup" : "/sys/fs/cgroup/memory";
    return path.split("/").map((_, i, parts) => join(mount, ...parts.slice(0, i + 1)));
  });
  return [...new Set(folders)].filter(existsSync).flatMap((folder) =>
    readdirSync(folder)
      .filter((name) => name.startsWith("endpoint-extractor-"))
      .map((name) => join(folder, name))
      .filter((group) => textOf(join(group, "cgroup.procs")) === ""),
  );
}

function textOf(path: string): string | null {
  try {
    return readFileSync(path, "utf8");
  } catch {
    return null;
  }
}

const mounts = () => readFileSync("/proc/self/mountinfo", "utf8");

const own = process.getuid?.() ?? 0;
const users = own === 0 ? [0, NOBODY_IN_PARTICULAR] : [own];

test.skipIf(reason !== null).each(users)(
  `killed at ${TIMES} moments, a run of user %i leaves nothing and a HAR file that is whole`,
  async (user) => {
    const folder = mkdtempSync(join(tmpdir(), "kill-anytime-"));
    chownSync(folder, user, user);
    const before = mounts();
    const slowest: number[] = [];
    for (let i = 0; i < TIMES; i++) {
      const mark = `KILL_ANYTIME=${folder}-${i}`;
      const [har, temporary] = [join(folder, `${i}.har`), mkdtempSync(join(folder, "tmp-"))];
      chownSync(temporary, user, user);
      const args = [inject("cli"), "capture", FIXTURE, "--har", har, "--env", mark, "--", "fetch", "http2", "sleep"];
      const [name = "", value = ""] = mark.split("=");
      const cli = spawn(process.execPath, args, {
        env: { ...process.env, [name]: value, TMPDIR: temporary },
        cwd: folder,
        stdio: "ignore",
        ...(user === own ? {} : { uid: user, gid: user }),
      });
      const over = new Promise((resolve) => cli.once("exit", resolve));
      await new Promise((resolve) => setTimeout(resolve, Math.random() * LATEST_MS));
      cli.kill("SIGKILL");
      await over;
      const since = Date.now();
      const left = () => [
        ...marked(mark).map((pid) => `process ${pid}`),
        ...emptyGroups().map((group) => `group ${group}`),
        ...readdirSync(temporary).map((file) => `file ${file}`),
        ...(mounts() === before ? [] : ["mounts"]),
      ];
      while (left().length > 0 && Date.now() - since < PATIENCE_MS)
        await new Promise((resolve) => setTimeout(resolve, 20));
      expect(left()).toEqual([]);
      slowest.push(Date.now() - since);
      if (existsSync(har)) expect(JSON.parse(readFileSync(har, "utf8")).log.version).toBe("1.2");
    }
    process.stderr.write(`the slowest of ${TIMES} ends of user ${user} took ${Math.max(...slowest)} ms\n`);
    rmSync(folder, { recursive: true });
  },
);
