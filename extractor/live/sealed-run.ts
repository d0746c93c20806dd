import { closeSync } from "node:fs";
import { ExtractorError } from "../errors.ts";
import type { LiveRun } from "../model/live-run.ts";
import { openHar, type RunOptions, runInner } from "./inner-process.ts";

/**
 * Runs a plan in namespaces of its own. They, and everything in them, end with the inner process, and that ends with this one.
 * @throws ExtractorError `rights` where the kernel doesn't let us, `usage` where the program can't be started
 */
export async function sealedRun(options: RunOptions): Promise<LiveRun> {
  const har = openHar(options.harFile);
  const attempt = (more: string[]) =>
    runInner(["unshare", ...NAMESPACES, ...more, "--", ...options.inner], options, har).catch((error) => {
      throw (error as NodeJS.ErrnoException).syscall?.startsWith("spawn") ? noUnshare(error as Error) : error;
    });
  try {
    const first = await attempt([]);
    if ("run" in first) return first.run;
    if (first.said !== null) throw first.said;
    const second = await attempt(["--user", "--map-root-user"]);
    if ("run" in second) return second.run;
    throw second.said ?? forbidden(first.complaint, second.complaint);
  } finally {
    closeSync(har);
  }
}

const NAMESPACES = [
  "--net",
  "--mount",
  "--uts",
  "--ipc",
  "--pid",
  "--fork",
  "--kill-child=KILL",
  "--mount-proc",
  "--propagation=private",
];

const noUnshare = (cause: Error): ExtractorError =>
  new ExtractorError(
    "rights",
    `a sealed network needs unshare (util-linux): ${(cause as NodeJS.ErrnoException).code}`,
    {
      hint: "sealed runs need Linux; --mode proxy runs everywhere and sees programs only that honour proxy variables",
      cause,
    },
  );

const forbidden = (first: string, second: string): ExtractorError =>
  new ExtractorError("rights", `the kernel permits no namespaces: ${first}; as a user: ${second}`, {
    hint: "run as root, or allow user namespaces (sysctl kernel.unprivileged_userns_clone=1, kernel.apparmor_restrict_unprivileged_userns=0), or give the container CAP_SYS_ADMIN and CAP_NET_ADMIN (docker run --cap-add SYS_ADMIN --cap-add NET_ADMIN --security-opt seccomp=unconfined); or --mode proxy",
  });
