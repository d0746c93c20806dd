import { spawn } from "node:child_process";
import { chownSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Outside } from "./outside.ts";

/** An account that no machine has. */
export const NOBODY_IN_PARTICULAR = 54_321;

/** What the attacker says of its attempts. */
export interface Told {
  tried: number;
  got: Record<string, string>;
  missed?: string[];
}

/** A person's files and services in a folder of their own. */
export async function outsideFor(user: number): Promise<Outside> {
  // not below /tmp, which every room has its own of
  const folder = mkdtempSync(join(process.getuid?.() === 0 ? "/var/lib" : tmpdir(), "escape-"));
  if (user !== process.getuid?.()) chownSync(folder, user, user);
  return Outside.make(folder, user);
}

/** Runs the attacker as a user, in a sealed run of the command line given, or as it is. */
export async function runAttacker(how: {
  outside: Outside;
  user: number;
  sealed: boolean;
  more: string[];
  cli: string;
}): Promise<{ stdout: string; stderr: string }> {
  const { outside, user, sealed } = how;
  const capture = [how.cli, "capture", outside.attacker, "--har", outside.har, "--format", "json", "--quiet"];
  const args = sealed
    ? [...capture, "--no-cache", ...how.more, "--env", `ESCAPE=${outside.facts(true)}`, "--", "all"]
    : [join(outside.attacker, "cli.js")];
  // once more, with a number beyond a gap
  const child = spawn("bash", ["-c", 'exec 60<&3; exec "$@"', "bash", process.execPath, ...args], {
    cwd: "/",
    env: outside.environment(sealed),
    stdio: ["ignore", "pipe", "pipe", outside.descriptor],
    ...(user === process.getuid?.() ? {} : { uid: user, gid: user }),
  });
  const said = { stdout: "", stderr: "" };
  for (const name of ["stdout", "stderr"] as const)
    child[name]?.setEncoding("utf8").on("data", (text: string) => {
      said[name] += text;
    });
  await new Promise((resolve) => child.once("close", resolve));
  return said;
}
