import { gzipSync } from "node:zlib";
import { describe, expect, test } from "vitest";
import { zstdFrame } from "../executables/bun-writer.ts";
import { openAll } from "../open-all.ts";
import { rawTar } from "./raw-tar.ts";
import { zip } from "./zip-writer.ts";

describe("zip", () => {
  test("stored and deflated entries, folders, and names that lead elsewhere", async () => {
    const { shown, kinds } = await openAll(
      zip([
        { name: "dir/", content: "" },
        { name: "dir/a.js", content: "a()" },
        { name: "b.mjs", content: "b()".repeat(1000), deflate: true },
        { name: "../../up.js", content: "up()" },
        { name: "C:\\win\\x.js", content: "x()" },
        { name: "readme.txt", content: "text" },
      ]),
    );
    expect(shown).toEqual({
      "tool/dir/a.js": "a()",
      "tool/b.mjs": "b()".repeat(1000),
      "tool/up.js": "up()",
      "tool/win/x.js": "x()",
      "tool/readme.txt": "<not-code>",
    });
    expect(kinds).toEqual([]);
  });

  test("an entry that claims more than is left is a diagnostic, the others are read", async () => {
    const { shown, kinds } = await openAll(
      zip([
        { name: "bomb.js", content: " ".repeat(500_000), deflate: true },
        { name: "a.js", content: "a()" },
      ]),
      { maxBytes: 100_000 },
    );
    expect(shown).toEqual({ "tool/a.js": "a()" });
    expect(kinds).toEqual(["container-limit"]);
  });

  test("an entry that holds more than it says stops there", async () => {
    const { kinds } = await openAll(zip([{ name: "liar.js", content: " ".repeat(500_000), deflate: true, size: 10 }]));
    expect(kinds).toEqual(["container-corrupt"]);
  });

  test("encrypted and unknown entries are named", async () => {
    const { shown, diagnostics } = await openAll(
      zip([
        { name: "locked.js", content: "twelve bytes+", size: 1, flags: 1 },
        { name: "strange.js", content: "x", method: 93 },
        { name: "a.js", content: "a()" },
      ]),
    );
    expect(shown).toEqual({ "tool/a.js": "a()" });
    expect(diagnostics).toMatchObject([{ kind: "container-unsupported", count: 2 }]);
  });

  test("cut off", async () => {
    const whole = zip([{ name: "a.js", content: "a()" }]);
    expect((await openAll(whole.subarray(0, whole.length - 10))).kinds).toEqual(["container-corrupt"]);
  });
});

describe("gzip", () => {
  test("of a tar archive, and of one file", async () => {
    const tar = gzipSync(
      rawTar([
        { name: "package/a.js", body: "a()" },
        { name: "../up.js", body: "up()" },
      ]),
    );
    const opened = await openAll(tar);
    expect(opened.shown).toEqual({ "tool/a.js": "a()" });
    expect(opened.kinds).toEqual(["entry-refused"]);
    expect((await openAll(gzipSync("#!/usr/bin/env node\nsingle()"))).shown).toEqual({
      "tool/tool": "#!/usr/bin/env node\nsingle()",
    });
  });

  test("bombs stop at the limit", async () => {
    const zeros = Buffer.alloc(20 << 20);
    expect((await openAll(gzipSync(zeros), { maxBytes: 1 << 20 })).kinds).toEqual(["container-corrupt"]);
    const tar = gzipSync(rawTar([{ name: "package/zeros.bin", body: zeros }]));
    expect((await openAll(tar, { maxBytes: 1 << 20 })).kinds).toEqual(["container-corrupt"]);
  });

  test("cut off keeps what came before", async () => {
    const tar = gzipSync(
      rawTar([
        { name: "package/a.js", body: "a()" },
        { name: "package/b.bin", body: randomBytes(300_000) },
      ]),
    );
    const { shown, kinds } = await openAll(tar.subarray(0, tar.length - 5000));
    expect(shown).toEqual({ "tool/a.js": "a()" });
    expect(kinds).toEqual(["container-corrupt"]);
  });
});

describe("zstd", () => {
  test("of one file", async () => {
    const { shown } = await openAll(zip([{ name: "lib.js.zst", content: zstdFrame(Buffer.from("lib()")) }]));
    expect(shown).toEqual({ "tool/lib.js.zst/lib.js": "lib()" });
  });

  test("that is a bomb", async () => {
    // 200,000 run-length blocks of 128 KiB from 800 KB
    const block = Buffer.alloc(4);
    block.writeUIntLE((0x20000 << 3) | 2, 0, 3);
    const head = Buffer.from([0x28, 0xb5, 0x2f, 0xfd, 0x00, 0x38]);
    const bomb = Buffer.concat([head, ...Array.from({ length: 200_000 }, () => block)]);
    const before = process.memoryUsage().arrayBuffers;
    expect((await openAll(bomb, { maxFileBytes: 8 << 20 })).kinds).toEqual(["container-corrupt"]);
    expect(process.memoryUsage().arrayBuffers - before).toBeLessThan(300 << 20);
  });
});

test("containers deeper than the limit are listed, not opened", async () => {
  let bytes: Buffer = Buffer.from("deep()");
  let name = "deep.js";
  for (let depth = 0; depth < 8; depth++) {
    bytes = zip([{ name, content: bytes }]);
    name = `${depth}.zip`;
  }
  const { shown, kinds } = await openAll(bytes, { maxDepth: 3 });
  expect(shown).toEqual({ "tool/6.zip/5.zip/4.zip/3.zip": "<binary>" });
  expect(kinds).toEqual(["container-limit"]);
});

/** Bytes that don't compress, the same ones each time. */
function randomBytes(size: number): Buffer {
  const bytes = Buffer.alloc(size);
  let state = 1;
  for (let i = 0; i < size; i++) {
    state = (state * 48271) % 0x7fffffff;
    bytes[i] = state;
  }
  return bytes;
}
