import { spawnSync } from "node:child_process";

const gh = (...args: string[]) => spawnSync("gh", args, { encoding: "utf8" }).stdout;

function workflow(repo: string, path: string) {
  return gh("api", `repos/${repo}/contents/${path}`, "--jq", ".sha");
}

const repo = process.argv[2] ?? "octo/demo";
workflow(encodeURIComponent(repo), "ci.yml");
gh("api", "/user");
