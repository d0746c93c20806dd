import { execFileSync } from "node:child_process";
import { mkdir, mkdtemp, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { readAll } from "../read-all.ts";

let root: string;
beforeEach(async () => {
  root = await mkdtemp(join(tmpdir(), "folder-test-"));
});
afterEach(() => rm(root, { recursive: true }));

async function write(files: Record<string, string | Buffer>): Promise<void> {
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), content);
  }
}

const read = (limits = {}) => readAll({ kind: "folder", path: root }, limits);

describe("a folder", () => {
  test("is read in the order of names, bundled packages included", async () => {
    await write({
      "z.js": "z",
      "b/x.js": "x",
      "b/a.js": "a",
      "a.txt": "t",
      "node_modules/d/index.js": "d",
      "package/keep.js": "k",
      "big.js": `x${" ".repeat(3_000_000)}y`,
    });
    const { files, diagnostics } = await read();
    expect(files.map((file) => file.path)).toEqual([
      "a.txt",
      "b/a.js",
      "b/x.js",
      "big.js",
      "node_modules/d/index.js",
      "package/keep.js",
      "z.js",
    ]);
    expect(files[3]).toMatchObject({ bytes: 3_000_002, text: expect.stringMatching(/^x {3000000}y$/) });
    expect(diagnostics).toEqual([]);
  });

  test("links, pipes and version control are said and left alone", async () => {
    await write({ "a.js": "a", ".git/hook.js": "no" });
    await symlink("/etc", join(root, "etc"));
    await symlink("a.js", join(root, "b.js"));
    await symlink("..", join(root, "up"));
    execFileSync("mkfifo", [join(root, "pipe.js")]);
    const { shown, diagnostics } = await read();
    expect(shown).toEqual({ "a.js": "a" });
    expect(diagnostics).toEqual([
      { kind: "entry-link", count: 3, detail: "b.js; etc; up" },
      { kind: "entry-not-read", count: 1, detail: ".git: version control" },
      { kind: "entry-refused", count: 1, detail: "pipe.js: not a regular file" },
    ]);
  });

  test("limits hold", async () => {
    await write({ "a.js": "x".repeat(100), "b.js": "y".repeat(100) });
    await expect(read({ maxEntries: 1 })).rejects.toMatchObject({ code: "bad-archive" });
    await expect(read({ maxBytes: 150 })).rejects.toMatchObject({ code: "bad-archive" });
    expect((await read({ maxFileBytes: 99 })).shown).toEqual({ "a.js": "<too-large>", "b.js": "<too-large>" });
  });

  test("that is gone is an error with a hint", async () => {
    await expect(readAll({ kind: "folder", path: join(root, "gone") })).rejects.toMatchObject({
      code: "bad-input",
      message: expect.stringContaining("ENOENT"),
      hint: expect.any(String),
    });
  });
});

describe("a single file", () => {
  test.each([
    ["cli.js", "code()", "code()"],
    ["bundle.txt", "code()", "code()"],
    ["tool", "code()", "code()"],
    ["tool", Buffer.from("a.out\0\0\0"), "<binary>"],
    ["cli.js", "", "<empty>"],
  ])("%s: %s", async (name, content, expected) => {
    await write({ [name]: content });
    expect((await readAll({ kind: "file", path: join(root, name) })).shown).toEqual({ [name]: expected });
  });

  test("beyond the limit is counted", async () => {
    await write({ "cli.js": "x".repeat(100) });
    const { shown, diagnostics } = await readAll({ kind: "file", path: join(root, "cli.js") }, { maxFileBytes: 99 });
    expect(shown).toEqual({ "cli.js": "<too-large>" });
    expect(diagnostics).toMatchObject([{ kind: "entry-too-large", count: 1 }]);
  });

  test("that is gone is an error", async () => {
    await expect(readAll({ kind: "file", path: join(root, "gone.js") })).rejects.toMatchObject({ code: "bad-input" });
  });
});
