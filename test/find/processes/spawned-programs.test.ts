import { describe, expect, test } from "vitest";
import { findIn } from "../find-in.ts";

/** `METHOD url` of each request of a program, holes by their names. */
function requests(text: string): string[] {
  return findIn(text)
    .requests.flatMap((r) =>
      r.urls.map((u) => `${r.kind} ${u.map((p) => (typeof p === "string" ? p : `{${p.name}}`)).join("")}`),
    )
    .sort();
}

const registry = "spawn https://registry.npmjs.org/orbit";

describe("programs that are started", () => {
  test.each([
    ["Bun's own list", `Bun.spawn(["git", "clone", "https://git.dev/a.git"]);`, ["spawn https://git.dev/a.git"]],
    [
      "a list in an object",
      `Bun.spawnSync({ cmd: ["curl", "-s", "https://x.dev/a"], stdout: "pipe" });`,
      ["spawn https://x.dev/a"],
    ],
    [
      "a list that a caller gives",
      `function run(cmd) { return Bun.spawn(cmd) } run(["git", "fetch", "https://git.dev/b.git"]);`,
      ["spawn https://git.dev/b.git"],
    ],
    [
      "a shell as a template tag",
      `import { $ } from "bun";
       const url = "https://x.dev/b";
       await $\`curl -fsSL https://x.dev/a | bash\`.env({});
       await $\`curl -o \${f} '\${url}'\`;`,
      ["spawn https://x.dev/a", "spawn https://x.dev/b"],
    ],
    [
      "a word before the verb",
      `import { spawn } from "node:child_process"; spawn("yarn", ["global", "add", "orbit@latest"]);`,
      [registry],
    ],
    [
      "managers that are chosen apart from their words, whose verbs are no packages",
      `import { spawn } from "node:child_process";
       const lists = { npm: ["i", "-g", "orbit"], yarn: ["global", "add", "orbit"], bun: ["add", "-g", "orbit"] };
       const list = lists[process.argv[2]]; spawn(process.argv[2] === "yarn" ? "yarn" : "npm", [...list]);`,
      [registry],
    ],
    [
      "a program whose name is a tag's, called",
      `import { execa } from "execa";
       execa("curl", ["https://x.dev/a"]); execa\`git clone https://git.dev/a.git\`;`,
      ["spawn https://git.dev/a.git", "spawn https://x.dev/a"],
    ],
    ["a program of no interest", `Bun.spawn(["ls", "https://x.dev/a"]);`, []],
    [
      "itself, told to be a package manager",
      `import { spawn } from "node:child_process";
       spawn(process.execPath, ["add", "orbit"], { env: { ...process.env, BUN_BE_BUN: "1" } });`,
      [registry],
    ],
    [
      "itself, told so by Bun's list",
      `Bun.spawn([process.execPath, "add", "orbit"], { env: { ...process.env, BUN_BE_BUN: "1" } });`,
      [registry],
    ],
    [
      "itself, told so by a caller",
      `import { spawn } from "node:child_process";
       function run(args, options) { spawn(process.execPath, args, options) }
       run(["add", "orbit"], { env: { BUN_BE_BUN: "1" } });`,
      [registry],
    ],
    [
      "itself, as it is",
      `import { spawn } from "node:child_process"; spawn(process.execPath, ["add", "orbit"], { stdio: "ignore" });`,
      [],
    ],
  ])("%s", (_name, text, expected) => {
    expect(requests(text)).toEqual(expected);
  });
});

describe("requests that Bun makes", () => {
  test("fetch, and a session of it", () => {
    expect(
      requests(`Bun.fetch("https://x.dev/a");
        const session = new Bun.FetchSession();
        session.fetch("https://x.dev/b", { method: "POST" });`),
    ).toEqual(["request https://x.dev/a", "request https://x.dev/b"]);
  });
});
