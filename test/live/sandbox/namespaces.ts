import { spawnSync } from "node:child_process";

/** Null where sealed runs are possible here, or why they aren't. */
export function whyNotSealed(): string | null {
  if (process.platform !== "linux") return "sealed runs need Linux";
  const attempt = (...more: string[]) =>
    spawnSync("unshare", ["--net", "--mount", "--pid", "--fork", ...more, "ip", "link", "set", "lo", "up"], {
      encoding: "utf8",
    });
  const first = attempt();
  if (first.status === 0 || attempt("--user", "--map-root-user").status === 0) return null;
  return `the kernel forbids namespaces: ${first.error?.message ?? first.stderr.trim()}`;
}
