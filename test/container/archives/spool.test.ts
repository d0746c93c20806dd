import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { Spool } from "../../../extractor/container/archives/spool.ts";
import { findBackwards, findFirst, sliceSource } from "../../../extractor/container/bytes.ts";
import { elf } from "../executables/executable-writer.ts";
import { readAll, tarball } from "../read-all.ts";
import { rawTar } from "./raw-tar.ts";

let folder = "";
const before = process.env.TMPDIR;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "spool-test-"));
  process.env.TMPDIR = folder;
});

afterEach(() => {
  if (before === undefined) delete process.env.TMPDIR;
  else process.env.TMPDIR = before;
  rmSync(folder, { recursive: true, force: true });
});

const counted = (size: number): Buffer => {
  const bytes = Buffer.alloc(size);
  for (let i = 0; i + 4 <= size; i += 4) bytes.writeUInt32LE(i, i);
  return bytes;
};

describe.each([
  ["in memory", 1000],
  ["in a file", 5_000_000],
])("%s", (_, size) => {
  test("reads what was pushed, at any position, and leaves nothing behind", async () => {
    const bytes = counted(size);
    const spool = new Spool();
    const chunk = Buffer.alloc(70_000);
    for (let at = 0; at < size; at += chunk.length) {
      // The same buffer again and again, as parsers do.
      bytes.copy(chunk, 0, at);
      spool.push(chunk.subarray(0, Math.min(chunk.length, size - at)));
    }
    const source = spool.finish();
    expect(source.size).toBe(size);
    expect((await source.read(0, size)).equals(bytes)).toBe(true);
    expect(await source.read(size - 4, 100)).toEqual(bytes.subarray(size - 4));
    for (const [offset, length] of [
      [size, 1],
      [-1, 4],
      [0, -1],
      [Number.NaN, 4],
      [Infinity, 4],
      [0.5, 4],
    ] as const)
      expect((await source.read(offset, length)).length).toBe(0);
    expect(readdirSync(folder)).toEqual([]);
    await source.close();
  });
});

test("a folder that can't be written is an error that says so", () => {
  process.env.TMPDIR = join(folder, "missing");
  const spool = new Spool();
  expect(() => spool.push(Buffer.alloc(2 << 20))).toThrow(/cannot unpack a binary into .*missing: ENOENT/);
});

test("a reader that stops early leaves nothing behind", async () => {
  const body = Buffer.concat([elf(), Buffer.alloc(3 << 20)]);
  const archive = rawTar([
    { name: "package/a.bin", body },
    { name: "package/b.bin", body },
  ]);
  await readAll(tarball(archive, archive.length), { maxEntries: 1 }).catch(() => {});
  expect(readdirSync(folder)).toEqual([]);
});

describe("searching", () => {
  const spooled = (bytes: Buffer) => {
    const spool = new Spool();
    spool.push(bytes);
    return spool.finish();
  };
  const needle = Buffer.from("needle");

  test("finds what lies across windows, from the end and from the start", async () => {
    const bytes = Buffer.alloc((8 << 20) + 100);
    const places = [3, (4 << 20) - 3, (4 << 20) + 97, bytes.length - 6];
    for (const at of places) needle.copy(bytes, at);
    const source = spooled(bytes);
    expect(await findBackwards(source, needle, 9)).toEqual([...places].reverse());
    expect(await findBackwards(source, needle, 2)).toEqual([...places].reverse().slice(0, 2));
    expect(await findFirst(source, [needle, Buffer.from("absent")])).toEqual([3, -1]);
    expect(await findFirst(sliceSource(source, 4, source.size), [needle])).toEqual([(4 << 20) - 7]);
    await source.close();
  });

  test("stays inside a slice", async () => {
    const source = sliceSource(spooled(Buffer.from("xxneedlexx")), 2, 5);
    expect(await findFirst(source, [needle])).toEqual([-1]);
    expect((await source.read(3, 100)).toString()).toBe("dl");
    expect(sliceSource(source, 9, 4).size).toBe(0);
  });
});
