import { execFile } from "node:child_process";
import { access, constants } from "node:fs/promises";

/** Where Debian puts a program, by the package that brings it. .ci/run installs them. */
const PROGRAMS = {
  squid: "/usr/sbin/squid",
  "dnsmasq-base": "/usr/sbin/dnsmasq",
  nftables: "/usr/sbin/nft",
  chromium: "/usr/bin/chromium",
  zsh: "/usr/bin/zsh",
  fish: "/usr/bin/fish",
} as const;

/** Path of the program. Missing ones fail the test that needs them: a list nobody loaded is not tested. */
export async function debianProgram(name: keyof typeof PROGRAMS): Promise<string> {
  const path = PROGRAMS[name];
  await access(path, constants.X_OK).catch(() => {
    throw new Error(`${path} is missing: apt-get install ${name}`);
  });
  return path;
}

/** Exit code and everything that was printed. */
export function run(program: string, args: readonly string[]): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    execFile(program, args, (error, stdout, stderr) => {
      resolve({ code: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
    });
  });
}
