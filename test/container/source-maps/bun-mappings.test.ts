import { SourceMapConsumer } from "source-map";
import { describe, expect, test } from "vitest";
import { decodeBunMappings } from "../../../extractor/container/source-maps/bun-mappings.ts";
import { bunMappings, type WrittenMapping } from "../executables/bun-writer.ts";

/** Many of all shapes: same line and skipped lines, sources back and forth, source positions that jump. */
const mappings: WrittenMapping[] = [];
let line = 0;
for (let i = 0, column = 0; i < 300; i++) {
  if (i % 7 === 6) {
    line += i % 3 === 0 ? 5 : 1;
    column = 0;
  }
  mappings.push({
    line,
    column,
    source: i % 11 === 0 ? 1 : 0,
    sourceLine: (i * 37) % 211,
    sourceColumn: (i % 4) * 100 + column,
  });
  column += 1 + (i % 5) * 60;
}

test("binary mappings become those of version 3", async () => {
  const map = { version: 3, sources: ["a", "b"], names: [], mappings: decodeBunMappings(bunMappings(mappings))! };
  const read: WrittenMapping[] = [];
  await SourceMapConsumer.with(map as never, null, (consumer) =>
    consumer.eachMapping((m) => {
      read.push({
        line: m.generatedLine - 1,
        column: m.generatedColumn,
        source: m.source === "b" ? 1 : 0,
        sourceLine: m.originalLine! - 1,
        sourceColumn: m.originalColumn!,
      });
    }),
  );
  expect(read).toEqual(mappings);
});

describe("damage gives null", () => {
  const good = bunMappings(mappings);
  const changed = (change: (blob: Buffer) => void) => {
    const blob = Buffer.from(good);
    change(blob);
    return blob;
  };

  test.each([
    ["nothing", Buffer.alloc(0)],
    ["cut off", good.subarray(0, good.length - 40)],
    ["another count", changed((blob) => blob.writeUInt32LE(299, 8))],
    ["a huge count", changed((blob) => blob.writeUInt32LE(0xffffffff, 8))],
    ["windows past the end", changed((blob) => blob.writeUInt32LE(0xfffffff0, 32 + 8))],
    ["a line before the one before", changed((blob) => blob.writeInt32LE(-1, 32 + 24))],
    ["a line far away", changed((blob) => blob.writeInt32LE(0x7fffffff, 32 + 24))],
  ])("%s", (_, blob) => expect(decodeBunMappings(blob)).toBeNull());
});
