import { describe, expect, test } from "vitest";
import { rawTar } from "../archives/raw-tar.ts";
import { openAll } from "../open-all.ts";
import { readAll, tarball } from "../read-all.ts";
import { bunPayload, bunSection, LAYOUTS } from "./bun-writer.ts";
import { elf, fatMachO, machO, pe, resources } from "./executable-writer.ts";

const payload = bunPayload(LAYOUTS.at(-1)!, [{ name: "/$bunfs/root/a.js", contents: Buffer.from("a()") }]);
const bun = (machine: number) => machO([{ name: "__BUN,__bun", bytes: bunSection(payload) }], machine);

test("both slices of a universal binary are opened, and the same text counts once", async () => {
  const file = fatMachO([
    { machine: 0x01000007, bytes: bun(0x01000007) },
    { machine: 0x0100000c, bytes: bun(0x0100000c) },
  ]);
  expect((await openAll(file)).shown).toEqual({
    "tool/x64/$bunfs/root/a.js": "a()",
    "tool/arm64/$bunfs/root/a.js": "<duplicate>",
  });
});

test("a slice that lies outside the file is empty", async () => {
  const file = fatMachO([{ machine: 7, bytes: bun(7) }]);
  file.writeUInt32BE(0xfffffff0, 16);
  expect((await openAll(file)).shown).toEqual({ "tool/machine 7": "<empty>" });
});

describe("a Java class file", () => {
  test("is no universal binary though it has the magic number", async () => {
    const bytes = Buffer.alloc(64);
    bytes.writeUInt32BE(0xcafebabe, 0);
    bytes.writeUInt32BE(52, 4);
    await expect(openAll(bytes)).rejects.toThrow("not a container");
  });
});

describe("programs of other packagers are named", () => {
  test.each([
    ["Deno, section", elf({ sections: [{ name: "d3n0l4nd", bytes: Buffer.alloc(8) }] })],
    ["Deno, trailer", Buffer.concat([elf(), Buffer.from("d3n0l4nd"), Buffer.alloc(16)])],
    ["Deno, resource", pe([{ name: ".rsrc", bytes: resources("d3n0l4nd", Buffer.alloc(9), 0x2000), address: 0x2000 }])],
  ])("%s", async (_, file) => {
    const { diagnostics } = await openAll(file);
    expect(diagnostics).toMatchObject([{ kind: "container-unsupported", detail: expect.stringContaining("Deno") }]);
  });

  test("pkg", async () => {
    const boot = "var PAYLOAD_POSITION = '1234567' | 0; var PRELUDE_POSITION = '7654321' | 0;";
    const { diagnostics } = await openAll(elf({ sections: [{ name: ".rodata", bytes: Buffer.from(boot) }] }));
    expect(diagnostics).toMatchObject([{ kind: "container-unsupported", detail: expect.stringContaining("pkg") }]);
  });
});

describe("native code that isn't read names the package to give", () => {
  const rust = { name: ".rodata", bytes: Buffer.from("/rustc/0123/library/core/src/fmt/mod.rs") };
  test.each([
    ["ELF for arm64", elf({ sections: [rust], machine: 183 })],
    ["Mach-O for arm64", machO([{ name: "__TEXT,__const", bytes: rust.bytes }])],
    ["PE for x64", pe([rust])],
  ])("%s", async (what, file) => {
    const { files, diagnostics } = await openAll(file);
    expect(files).toMatchObject([{ path: "tool", reason: "binary" }]);
    expect(diagnostics).toMatchObject([{ kind: "container-unsupported" }]);
    expect(diagnostics[0]!.detail).toContain(`Rust code in ${what}`);
    expect(diagnostics[0]!.detail).toContain("linux-x64");
  });

  test("C says nothing", async () => {
    const { files, kinds } = await openAll(elf({ sections: [{ name: ".rodata", bytes: Buffer.from("hello\0") }] }));
    expect(files).toMatchObject([{ path: "tool", reason: "binary" }]);
    expect(kinds).toEqual([]);
  });
});

test.each([
  ["ELF of 32 bits", Buffer.concat([Buffer.from("\x7fELF\x01\x01\x01", "latin1"), Buffer.alloc(100)])],
  ["ELF cut off", elf().subarray(0, 40)],
  ["DOS program", Buffer.concat([Buffer.from("MZ"), Buffer.alloc(100)])],
])("%s is damage, not a crash", async (_, file) => {
  const { shown, kinds } = await openAll(file);
  expect(shown).toEqual({});
  expect(kinds).toEqual(["container-corrupt"]);
});

test("a binary of a package is opened from the archive, piece by piece", async () => {
  const file = elf({
    sections: [
      { name: ".bun", bytes: bunSection(payload) },
      { name: ".rodata", bytes: Buffer.alloc(3 << 20, 7) },
    ],
  });
  const archive = rawTar([
    { name: "package/bin/tool", body: file },
    { name: "package/index.js", body: "index()" },
    { name: "package/picture.png", body: Buffer.concat([Buffer.from("\x89PNG\r\n"), Buffer.alloc(600)]) },
  ]);
  const { shown } = await readAll(tarball(archive, 65_537));
  expect(shown).toEqual({ "bin/tool/$bunfs/root/a.js": "a()", "index.js": "index()", "picture.png": "<binary>" });
});
