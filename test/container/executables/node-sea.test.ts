import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { rawTar } from "../archives/raw-tar.ts";
import { openAll } from "../open-all.ts";
import { elf, machO, pe, resources } from "./executable-writer.ts";
import { seaBlob } from "./sea-writer.ts";

const code = Buffer.from('require("./part"); start()');
const note = (bytes: Buffer) =>
  elf({
    notes: [
      { name: "GNU", bytes: Buffer.alloc(7) },
      { name: "NODE_SEA_BLOB", bytes },
    ],
  });

describe.each([false, true])("a blob with an extra byte: %s", (extra) => {
  const blob = seaBlob({ code, extra, codePath: "/home/builder/secret-project/loader.js" });

  test.each([
    ["ELF note", note(blob)],
    ["Mach-O section", machO([{ name: "NODE_SEA,__NODE_SEA_BLOB", bytes: blob }])],
    ["PE resource", pe([{ name: ".rsrc", bytes: resources("NODE_SEA_BLOB", blob, 0x5000), address: 0x5000 }])],
  ])("is read from an %s", async (_, file) => {
    const { shown, kinds } = await openAll(file);
    expect(shown).toEqual({ "tool/loader.js": code.toString() });
    expect(kinds).toEqual([]);
  });

  test("gives its assets, and what is packed in them", async () => {
    const archive = gzipSync(
      rawTar([
        { name: "package/app.js", body: "app()" },
        { name: "package/copy.js", body: code },
      ]),
    );
    const assets = { "pack.tgz": archive, "data.bin": Buffer.from([0, 1]), "../escape.js": Buffer.from("escape()") };
    const { shown } = await openAll(note(seaBlob({ code, extra, codeCache: Buffer.from([9, 9]), assets })));
    expect(shown).toEqual({
      "tool/main.js": code.toString(),
      "tool/pack.tgz/app.js": "app()",
      "tool/pack.tgz/copy.js": "<duplicate>",
      "tool/data.bin": "<binary>",
      "tool/escape.js": "escape()",
    });
  });
});

test("a snapshot is named, not read as code", async () => {
  const { shown, diagnostics } = await openAll(note(seaBlob({ code, flags: 2 })));
  expect(shown).toEqual({});
  expect(diagnostics).toMatchObject([{ kind: "container-unsupported", detail: expect.stringContaining("snapshot") }]);
});

test.each([
  ["cut off", (blob: Buffer) => blob.subarray(0, 30)],
  ["with another magic number", (blob: Buffer) => Buffer.concat([Buffer.alloc(4), blob.subarray(4)])],
  [
    "with a length past its end",
    (blob: Buffer) => Buffer.concat([blob.subarray(0, 8), Buffer.alloc(8, 0xff), blob.subarray(16)]),
  ],
])("a blob %s is damage", async (_, damage) => {
  const { files, kinds } = await openAll(note(damage(seaBlob({ code }))));
  expect(files).toMatchObject([{ path: "tool", reason: "binary" }]);
  expect(kinds).toEqual(["container-corrupt"]);
});

test("more assets than there are bytes", async () => {
  const blob = seaBlob({ code, assets: {} });
  blob.writeBigUInt64LE(0xffff_ffffn, blob.length - 8);
  expect((await openAll(note(blob))).kinds).toEqual(["container-corrupt"]);
});
