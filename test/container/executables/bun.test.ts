import { describe, expect, test } from "vitest";
import type { SourceMapFile } from "../../../extractor/model/source-file.ts";
import { openAll } from "../open-all.ts";
import {
  type BunLayout,
  bunOverlay,
  bunPayload,
  bunSection,
  bunSourceMap,
  LAYOUTS,
  TRAILER,
  type WrittenModule,
  zstdFrame,
} from "./bun-writer.ts";
import { elf, machO, pe } from "./executable-writer.ts";

const newest = LAYOUTS.at(-1)!;
const rodata = { name: ".rodata", bytes: Buffer.concat([Buffer.alloc(40), TRAILER, Buffer.alloc(40)]) };

const modules: WrittenModule[] = [
  { name: "/$bunfs/root/main.js", contents: Buffer.from('import "/$bunfs/root/part.js"; start("é")') },
  { name: "/$bunfs/root/part.js", contents: Buffer.from("export const part = 1"), bytecode: Buffer.from([1, 0, 2]) },
  { name: "/$bunfs/root/native.bin", contents: Buffer.from([1, 0, 2, 3]), loader: 5 },
];

const expected = {
  "tool/$bunfs/root/main.js": 'import "/$bunfs/root/part.js"; start("é")',
  "tool/$bunfs/root/part.js": "export const part = 1",
  "tool/$bunfs/root/native.bin": "<binary>",
};

const CONTAINERS: Record<string, (payload: Buffer) => Buffer> = {
  "ELF overlay": (payload) => bunOverlay(elf({ sections: [rodata] }), payload),
  "ELF section": (payload) => elf({ sections: [rodata, { name: ".bun", bytes: bunSection(payload) }] }),
  "Mach-O section": (payload) => machO([{ name: "__BUN,__bun", bytes: bunSection(payload) }]),
  "Mach-O section, short length": (payload) => machO([{ name: "__BUN,__bun", bytes: bunSection(payload, 4) }]),
  "PE section": (payload) => pe([rodata, { name: ".bun", bytes: bunSection(payload) }]),
};

describe.each(LAYOUTS)("Bun $bun", (layout: BunLayout) => {
  test.each(Object.entries(CONTAINERS))("in an %s", async (_, wrap) => {
    const { shown, kinds } = await openAll(wrap(bunPayload(layout, modules)));
    expect(shown).toEqual(expected);
    expect(kinds).toEqual([]);
  });
});

test("a table that both sizes of record divide is read by the one whose pointers fit", async () => {
  // 13 x 36 = 9 x 52
  const many = Array.from({ length: 13 }, (_, i) => ({
    name: `/$bunfs/root/m${i}.js`,
    contents: Buffer.from(`m(${i})`),
  }));
  const layout = LAYOUTS[3]!;
  const { shown } = await openAll(bunOverlay(elf(), bunPayload(layout, many)));
  expect(Object.values(shown)).toEqual(many.map((m) => m.contents.toString()));
});

test("records chained behind the table don't matter", async () => {
  const payload = bunPayload(newest, modules, { chained: Buffer.alloc(400, 7) });
  expect((await openAll(elf({ sections: [{ name: ".bun", bytes: bunSection(payload) }] }))).shown).toEqual(expected);
});

test("a program with something appended is found from the end", async () => {
  const file = Buffer.concat([elf({ sections: [rodata] }), bunPayload(newest, modules), Buffer.alloc(5000, 65)]);
  expect((await openAll(file)).shown).toEqual(expected);
});

test("modules in UTF-16 are decoded, and a text module is listed", async () => {
  const text = "const umlaut = 'äöü — 你好';";
  const { shown, files } = await openAll(
    bunOverlay(
      elf(),
      bunPayload(newest, [
        { name: "/$bunfs/root/cli", contents: Buffer.from(text, "utf16le"), encoding: 2 },
        { name: "/$bunfs/root/guide.md", contents: Buffer.from("# guide", "utf16le"), encoding: 2, loader: 13 },
        { name: "/$bunfs/root/stored.js", contents: Buffer.from("stored()"), loader: 5 },
      ]),
    ),
  );
  expect(shown).toEqual({
    "tool/$bunfs/root/cli": text,
    "tool/$bunfs/root/guide.md": "<not-code>",
    "tool/$bunfs/root/stored.js": "stored()",
  });
  expect(files[0]).toMatchObject({
    bytes: Buffer.byteLength(text),
    origin: { kind: "embedded", container: "tool", format: "bun", name: "/$bunfs/root/cli" },
  });
});

test("paths are the same for Windows, and the name stays as the program imports it", async () => {
  const { files } = await openAll(
    pe([
      {
        name: ".bun",
        bytes: bunSection(bunPayload(newest, [{ name: "B:/~BUN/root/a.js", contents: Buffer.from("a()") }])),
      },
    ]),
  );
  expect(files).toMatchObject([{ path: "tool/$bunfs/root/a.js", origin: { name: "B:/~BUN/root/a.js" } }]);
});

test("hostile names stay inside the package", async () => {
  const names = [
    "/$bunfs/root/../../../../etc/passwd.js",
    "/$bunfs/\u001b[2J\u202e.js",
    "/$bunfs/C:\\x\\..\\y.js",
    "/$bunfs/a/../etc/b.js",
    "/$bunfs/etc/b.js",
  ];
  const { files } = await openAll(
    bunOverlay(
      elf(),
      bunPayload(
        newest,
        names.map((name, i) => ({ name, contents: Buffer.from(`f(${i})`) })),
      ),
    ),
  );
  expect(files.map((f) => f.path)).toEqual([
    "tool/etc/passwd.js",
    "tool/$bunfs/_[2J_.js",
    "tool/$bunfs/C:/y.js",
    "tool/$bunfs/etc/b.js",
    "tool/~2/$bunfs/etc/b.js",
  ]);
});

test("a module with the same text is listed once and names the first", async () => {
  const copy = { name: "/$bunfs/root/worker.js", contents: modules[1]!.contents };
  const { files, diagnostics } = await openAll(bunOverlay(elf(), bunPayload(newest, [...modules, copy])));
  expect(files.at(-1)).toMatchObject({ reason: "duplicate", sameAs: "tool/$bunfs/root/part.js" });
  expect(diagnostics).toEqual([
    { kind: "duplicate-file", count: 1, detail: "tool/$bunfs/root/worker.js is tool/$bunfs/root/part.js" },
  ]);
});

describe("source maps", () => {
  const sources = [
    { name: "../../src/a.ts", text: "const a: number = 1;" },
    { name: "src/b.ts", text: "b()".repeat(60_000) },
  ];
  const packed = sources.map(({ name, text }) => ({ name, packed: zstdFrame(Buffer.from(text)) }));
  const open = (sourceMap: Buffer) => openAll(bunOverlay(elf(), bunPayload(newest, [{ ...modules[0]!, sourceMap }])));

  test("come out as version 3 beside the module", async () => {
    const { files } = await open(bunSourceMap(packed, Buffer.from(";;AAKA,QAAO")));
    const map = files[1];
    expect(map).toMatchObject({ path: "tool/$bunfs/root/main.js.map", describes: "tool/$bunfs/root/main.js" });
    expect(JSON.parse(String((map as SourceMapFile).map))).toEqual({
      version: 3,
      sources: sources.map((s) => s.name),
      sourcesContent: sources.map((s) => s.text),
      names: [],
      mappings: ";;AAKA,QAAO",
    });
  });

  test("in the binary form still give their sources, and say so", async () => {
    const { files, kinds } = await open(bunSourceMap(packed, Buffer.from([12, 0, 0, 0, 0, 0, 0, 0, 9, 9, 9, 9])));
    expect(JSON.parse(String((files[1] as SourceMapFile).map))).toMatchObject({
      sourcesContent: sources.map((s) => s.text),
      mappings: "",
    });
    expect(kinds).toEqual(["source-map"]);
  });

  test("without sources give no file", async () => {
    const { files, kinds } = await open(bunSourceMap([], Buffer.alloc(24)));
    expect(files.map((f) => f.path)).toEqual(["tool/$bunfs/root/main.js"]);
    expect(kinds).toEqual([]);
  });

  test("that are damaged are a diagnostic", async () => {
    const { files, kinds } = await open(Buffer.from([255, 255, 255, 255, 0, 0, 0, 0]));
    expect(files).toHaveLength(1);
    expect(kinds).toEqual(["source-map"]);
  });

  test("with a source that doesn't unpack keep the others", async () => {
    const { files, diagnostics } = await open(
      bunSourceMap([packed[0]!, { name: "bad.ts", packed: Buffer.from("nonsense") }], Buffer.from("AAAA")),
    );
    expect(JSON.parse(String((files[1] as SourceMapFile).map)).sourcesContent).toEqual([sources[0]!.text, null]);
    expect(diagnostics).toMatchObject([{ kind: "source-map", count: 1 }]);
  });
});

describe("damage", () => {
  test("a table whose pointers lead out of the blob", async () => {
    const payload = bunPayload(newest, modules, { tamper: (table) => table.writeUInt32LE(0xffffffff, 12) });
    const { files, kinds } = await openAll(elf({ sections: [{ name: ".bun", bytes: bunSection(payload) }] }));
    expect(files).toMatchObject([{ path: "tool", reason: "binary" }]);
    expect(kinds).toEqual(["container-corrupt"]);
  });

  test("records that share their contents don't multiply it", async () => {
    const big = { name: "/$bunfs/root/a.js", contents: Buffer.from(`f("${"x".repeat(50_000)}")`) };
    const many = [
      big,
      ...Array.from({ length: 40 }, (_, i) => ({ name: `/$bunfs/root/${i}.js`, contents: Buffer.from("1") })),
    ];
    const payload = bunPayload(newest, many, {
      tamper: (table) => {
        for (let at = 52; at < table.length; at += 52) {
          table.writeUInt32LE(table.readUInt32LE(8) + at / 52, at + 8);
          table.writeUInt32LE(40_000, at + 12);
        }
      },
    });
    const { files, kinds } = await openAll(bunOverlay(elf(), payload));
    expect(kinds).toContain("container-corrupt");
    expect(files.reduce((sum, f) => sum + f.bytes, 0)).toBeLessThan(100_000);
  });

  test("a module beyond the limit is listed and not read", async () => {
    const { shown, kinds } = await openAll(bunOverlay(elf(), bunPayload(newest, modules)), { maxFileBytes: 30 });
    expect(shown["tool/$bunfs/root/main.js"]).toBe("<too-large>");
    expect(shown["tool/$bunfs/root/part.js"]).toBe("export const part = 1");
    expect(kinds).toEqual(["container-limit"]);
  });

  test("more modules than the limit", async () => {
    const { files, kinds } = await openAll(bunOverlay(elf(), bunPayload(newest, modules)), { maxEntries: 2 });
    expect(files).toHaveLength(2);
    expect(kinds).toEqual(["container-limit"]);
  });

  test("a module of which only bytecode is there", async () => {
    const only = { name: "/$bunfs/root/a.js", contents: Buffer.alloc(0), bytecode: Buffer.from([1, 2]) };
    const { shown, kinds } = await openAll(bunOverlay(elf(), bunPayload(newest, [only])));
    expect(shown).toEqual({ "tool/$bunfs/root/a.js": "<empty>" });
    expect(kinds).toEqual(["container-unsupported"]);
  });
});
