import { mkdir, mkdtemp, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { gzipSync } from "node:zlib";
import { create } from "tar";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ExtractorError } from "../../../extractor/errors.ts";
import { readAll, tarball } from "../read-all.ts";
import { paxPath, type RawEntry, rawTar } from "./raw-tar.ts";

let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "tarball-test-"));
});
afterAll(() => rm(folder, { recursive: true }));

/** A tarball as `npm pack` makes them. */
async function packed(name: string, files: Record<string, string | Buffer>, links: Record<string, string> = {}) {
  const root = join(folder, name);
  for (const [path, content] of Object.entries(files)) {
    await mkdir(dirname(join(root, "package", path)), { recursive: true });
    await writeFile(join(root, "package", path), content);
  }
  for (const [path, target] of Object.entries(links)) await symlink(target, join(root, "package", path));
  const file = join(root, "packed.tgz");
  await create({ file, gzip: true, cwd: root }, ["package"]);
  return readFile(file);
}

const FILES = {
  "package.json": '{"name":"sample"}',
  "cli.js": "fetch('https://sample.test/a')",
  "lib/a.mjs": "export {}",
  "lib/b.cjs": "module.exports = 1",
  "lib/c.ts": "let x: number",
  "lib/d.tsx": "<a/>",
  "lib/e.d.ts": "declare const x: 1",
  "lib/f.d.mts": "declare const x: 1",
  "lib/cli.js.map": "{}",
  "node_modules/dep/index.js": "dep",
  "node_modules/dep/package.json": "{}",
  "README.md": "# x",
  "bin/run": "#!/usr/bin/env node\nrun()",
  "bin/bunny": "#!/usr/bin/env -S bun --smol\nrun()",
  "bin/shell": "#!/bin/sh\nnode x",
  "bin/native": Buffer.concat([Buffer.from("a.out"), Buffer.alloc(3000)]),
  "addon.node": Buffer.from("anything"),
  "yoga.wasm": Buffer.from("\0asm"),
  "film.ts": Buffer.concat([Buffer.from("G@\0\x10"), Buffer.alloc(1000)]),
  "empty.js": "",
  LICENSE: "MIT",
};

describe("a package", () => {
  test("each file is read or listed with the reason", async () => {
    const { shown, diagnostics } = await readAll(tarball(await packed("plain", FILES)));
    expect(shown).toEqual({
      "package.json": FILES["package.json"],
      "cli.js": FILES["cli.js"],
      "lib/a.mjs": FILES["lib/a.mjs"],
      "lib/b.cjs": FILES["lib/b.cjs"],
      "lib/c.ts": FILES["lib/c.ts"],
      "lib/d.tsx": FILES["lib/d.tsx"],
      "lib/e.d.ts": "<not-code>",
      "lib/f.d.mts": "<not-code>",
      "lib/cli.js.map": FILES["lib/cli.js.map"],
      "node_modules/dep/index.js": "dep",
      "node_modules/dep/package.json": "{}",
      "README.md": "<not-code>",
      "bin/run": FILES["bin/run"],
      "bin/bunny": FILES["bin/bunny"],
      "bin/shell": "<not-code>",
      "bin/native": "<binary>",
      "addon.node": "<binary>",
      "yoga.wasm": "<binary>",
      "film.ts": "<binary>",
      "empty.js": "<empty>",
      LICENSE: "<not-code>",
    });
    expect(diagnostics).toEqual([]);
  });

  test("sizes and origin are those of the entry", async () => {
    const { files } = await readAll(tarball(await packed("sizes", { "ü.js": "'ü'", "big.map": "x".repeat(5000) })));
    expect(files).toContainEqual({ path: "ü.js", text: "'ü'", bytes: 4, origin: { kind: "entry" } });
    expect(files).toContainEqual({ path: "big.map", bytes: 5000, reason: "not-code" });
  });

  test("one without JavaScript has no source", async () => {
    const { files } = await readAll(tarball(await packed("texts", { "README.md": "# nothing" })));
    expect(files.some((file) => "text" in file)).toBe(false);
  });

  test("a file of many chunks comes whole, gzip or not", async () => {
    const text = Array.from({ length: 200_000 }, (_, i) => `line ${i};`).join("\n");
    const plain = rawTar([{ name: "package/big.js", body: text }]);
    expect((await readAll(tarball(plain, 70_001))).shown).toEqual({ "big.js": text });
    expect((await readAll(tarball(gzipSync(plain), 313))).shown).toEqual({ "big.js": text });
  });

  test("links are counted and not followed", async () => {
    const bytes = await packed("links", { "a.js": "a" }, { "b.js": "/etc/passwd", "c.js": "a.js" });
    const { shown, diagnostics } = await readAll(tarball(bytes));
    expect(shown).toEqual({ "a.js": "a" });
    expect(diagnostics).toEqual([
      { kind: "entry-link", count: 2, detail: "package/b.js -> /etc/passwd; package/c.js -> a.js" },
    ]);
  });
});

describe("hostile entries", () => {
  const evil = { body: "evil" };
  const refused: [string, RawEntry[], string][] = [
    ["parent", [{ name: "package/../../evil.js", ...evil }], "leads outside the package"],
    ["parent at the end", [{ name: "package/x/..", ...evil }], "leads outside the package"],
    ["absolute", [{ name: "/etc/evil.js", ...evil }], "absolute path"],
    ["drive", [{ name: "C:/evil.js", ...evil }], "absolute path"],
    ["drive-relative", [{ name: "c:evil.js", ...evil }], "absolute path"],
    ["backslash", [{ name: "package\\..\\..\\evil.js", ...evil }], "backslash in its name"],
    ["share", [{ name: "\\\\host\\share\\evil.js", ...evil }], "backslash in its name"],
    [
      "parent by pax",
      [paxPath("package/../../evil.js"), { name: "package/fine.js", ...evil }],
      "leads outside the package",
    ],
    ["endless name", [paxPath(`${"a/".repeat(3000)}x.js`), { name: "package/y.js", ...evil }], "longer than 4096"],
    ["only dots", [{ name: "./.", ...evil }], "empty name"],
    ["character device", [{ name: "package/dev.js", type: "3" }], "entry type CharacterDevice"],
    ["block device", [{ name: "package/dev.js", type: "4" }], "entry type BlockDevice"],
    ["pipe", [{ name: "package/pipe.js", type: "6" }], "entry type FIFO"],
    ["unknown type", [{ name: "package/what.js", type: "Z" }], "unsupported entry type"],
    ["bad checksum", [{ name: "package/bad.js", badChecksum: true }], "checksum failure"],
  ];
  test.each(refused)("%s: refused, the rest is read", async (_, entries, reason) => {
    const bytes = gzipSync(
      rawTar([{ name: "package/a.js", body: "a" }, ...entries, { name: "package/z.js", body: "z" }]),
    );
    const { shown, diagnostics } = await readAll(tarball(bytes));
    expect(shown).toEqual({ "a.js": "a", "z.js": "z" });
    expect(diagnostics).toEqual([{ kind: "entry-refused", count: 1, detail: expect.stringContaining(reason) }]);
  });

  test("hard and symbolic links with a body or a hostile target", async () => {
    const bytes = rawTar([
      { name: "package/hard.js", type: "1", link: "../../../etc/passwd" },
      { name: "package/soft.js", type: "2", link: "/etc/passwd" },
      { name: "package/a.js", body: "a" },
    ]);
    const { shown, diagnostics } = await readAll(tarball(bytes));
    expect(shown).toEqual({ "a.js": "a" });
    expect(diagnostics).toMatchObject([{ kind: "entry-link", count: 2 }]);
  });

  test("names in diagnostics hold no control characters", async () => {
    const bytes = rawTar([
      { name: "/\x1b[2J\u009b31m\u202e.js", body: "x" },
      { name: "package/a.js", body: "a" },
    ]);
    const { diagnostics } = await readAll(tarball(bytes));
    expect(diagnostics[0]?.detail).toBe("/\\u001b[2J\\u009b31m\\u202e.js: absolute path");
  });

  test("of two entries with one name both are read", async () => {
    const bytes = rawTar([
      { name: "package/cli.js", body: "benign" },
      { name: "cli.js", body: "hidden" },
    ]);
    const { shown, diagnostics } = await readAll(tarball(bytes));
    expect(shown).toEqual({ "cli.js": "benign", "~2/cli.js": "hidden" });
    expect(diagnostics).toEqual([{ kind: "entry-duplicate", count: 1, detail: "cli.js" }]);
  });

  test("a code file beyond the limit is counted, its neighbours are read", async () => {
    const bytes = rawTar([
      { name: "package/big.js", body: "x".repeat(5000) },
      { name: "package/tool", body: `#!/usr/bin/env node\n${"x".repeat(5000)}` },
      { name: "package/big.map", body: "x".repeat(5000) },
      { name: "package/a.js", body: "a" },
    ]);
    const { shown, diagnostics } = await readAll(tarball(bytes), { maxFileBytes: 4999 });
    expect(shown).toEqual({ "big.js": "<too-large>", tool: "<too-large>", "big.map": "<not-code>", "a.js": "a" });
    expect(diagnostics).toEqual([
      { kind: "entry-too-large", count: 2, detail: "big.js: 5000 bytes; tool: 5020 bytes" },
    ]);
  });
});

describe("archives that are refused as a whole", () => {
  const fine = () => rawTar([{ name: "package/a.js", body: "a".repeat(3000) }]);
  const noise = Buffer.from(Array.from({ length: 4000 }, (_, i) => (i * 7919 + (i >> 3)) % 251));
  const damaged: [string, () => Buffer, RegExp][] = [
    [
      "gzip cut in the middle",
      () => gzipSync(rawTar([{ name: "package/a.js", body: noise }])).subarray(0, -200),
      /truncated or damaged/,
    ],
    [
      "gzip with a flipped byte",
      () => flipped(gzipSync(rawTar([{ name: "package/a.js", body: noise }]))),
      /truncated or damaged/,
    ],
    ["tar cut inside a file", () => fine().subarray(0, 2000), /Truncated input/],
    ["announces more than it holds", () => rawTar([{ name: "a.js", body: "a", size: 9_000_000 }]), /Truncated input/],
    ["an HTML page", () => Buffer.from(`<html>${"no ".repeat(1000)}</html>`), /not a tar archive/],
    ["nothing", () => Buffer.alloc(0), /not a tar archive/],
    ["one byte", () => Buffer.from([0x1f]), /not a tar archive/],
    ["compressed twice", () => gzipSync(gzipSync(fine())), /compressed twice/],
  ];
  test.each(damaged)("%s", async (_, make, message) => {
    const failure = await readAll(tarball(make())).then(
      () => null,
      (error: unknown) => error,
    );
    expect(failure).toBeInstanceOf(ExtractorError);
    expect(failure).toMatchObject({ code: "bad-archive", message: expect.stringMatching(message) });
    expect((failure as ExtractorError).message).not.toContain("\n");
    expect((failure as ExtractorError).hint).toBeTruthy();
  });

  test("a tar that was cut between files is read, and said to be cut", async () => {
    const { shown, diagnostics } = await readAll(
      tarball(rawTar([{ name: "package/a.js", body: "a" }], { endMark: false })),
    );
    expect(shown).toEqual({ "a.js": "a" });
    expect(diagnostics).toMatchObject([{ kind: "entry-not-read", count: 1 }]);
  });

  test("more entries than allowed, folders and links included", async () => {
    const bytes = rawTar([
      { name: "package/", type: "5" },
      { name: "package/l", type: "2", link: "x" },
      { name: "package/a.js", body: "a" },
      { name: "package/b.js", body: "b" },
    ]);
    await expect(readAll(tarball(bytes), { maxEntries: 3 })).rejects.toMatchObject({
      code: "bad-archive",
      message: expect.stringContaining("more than 3 entries"),
    });
    expect(Object.keys((await readAll(tarball(bytes), { maxEntries: 4 })).shown)).toEqual(["a.js", "b.js"]);
  });

  test("a gzip bomb costs no more than the limit", async () => {
    const bomb = gzipSync(Buffer.concat([rawTar([{ name: "package/bomb.map", body: Buffer.alloc(64 * 1024 ** 2) }])]));
    expect(bomb.length).toBeLessThan(100_000);
    let unpacked = 0;
    const artifact = tarball(bomb);
    const before = process.memoryUsage().arrayBuffers;
    await expect(
      readAll(artifact, { maxBytes: 8 * 1024 ** 2 }).finally(() => {
        unpacked = process.memoryUsage().arrayBuffers - before;
      }),
    ).rejects.toMatchObject({ code: "bad-archive", message: expect.stringContaining("8388608 bytes unpacked") });
    expect(unpacked).toBeLessThan(32 * 1024 ** 2);
  });

  test("what hides behind the end mark counts against the limit and is not kept", async () => {
    const bytes = gzipSync(Buffer.concat([fine(), Buffer.alloc(16 * 1024 ** 2)]));
    expect(Object.keys((await readAll(tarball(bytes))).shown)).toEqual(["a.js"]);
    await expect(readAll(tarball(bytes), { maxBytes: 1024 ** 2 })).rejects.toMatchObject({ code: "bad-archive" });
  });

  test("an error of the source is passed on as it is", async () => {
    const open = async () => {
      const { Readable } = await import("node:stream");
      return new Readable({
        read() {
          this.destroy(new ExtractorError("integrity", "changed"));
        },
      });
    };
    await expect(readAll({ kind: "tarball", from: open })).rejects.toMatchObject({ code: "integrity" });
  });
});

function flipped(bytes: Buffer): Buffer {
  const copy = Buffer.from(bytes);
  const middle = copy.length >> 1;
  copy[middle] = (copy[middle] ?? 0) ^ 0xff;
  return copy;
}
