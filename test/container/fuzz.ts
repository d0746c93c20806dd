import { gzipSync } from "node:zlib";
import { bufferSource } from "../../extractor/container/bytes.ts";
import { DEFAULT_LIMITS } from "../../extractor/container/limits.ts";
import { containerOpener } from "../../extractor/container/open.ts";
import { DiagnosticLog } from "../../extractor/model/diagnostic.ts";
import { rawTar } from "./archives/raw-tar.ts";
import { zip } from "./archives/zip-writer.ts";
import {
  bunMappings,
  bunOverlay,
  bunPayload,
  bunSection,
  bunSourceMap,
  LAYOUTS,
  zstdFrame,
} from "./executables/bun-writer.ts";
import { elf, fatMachO, machO, pe, resources } from "./executables/executable-writer.ts";
import { seaBlob } from "./executables/sea-writer.ts";
import { Program, R14, RAX, RDI, RDX, RSI } from "./strings/code-writer.ts";

export interface FuzzOutcome {
  inputs: number;
  opened: number;
  files: number;
  diagnostics: Record<string, number>;
  /** Milliseconds of CPU. */
  slowest: number;
  /** Highest resident size seen, in MiB. */
  peak: number;
  /** What must not happen, with the input's number. */
  failures: string[];
}

/**
 * Opens mutated containers and watches: nothing may be thrown, no path may lead out of the package, nothing may take
 * long or hold more than its limits. The same seed gives the same inputs; those before `from` are made and not
 * opened.
 */
export async function fuzz(options: { seed: number; inputs: number; from?: number }): Promise<FuzzOutcome> {
  const random = generator(options.seed);
  const seeds = await samples();
  const limits = { ...DEFAULT_LIMITS, maxBytes: 32 << 20, maxFileBytes: 8 << 20, maxEntries: 2000 };
  const outcome: FuzzOutcome = { inputs: 0, opened: 0, files: 0, diagnostics: {}, slowest: 0, peak: 0, failures: [] };
  for (let i = 0; i < options.inputs; i++) {
    const bytes = mutate(seeds, random);
    if (i < (options.from ?? 0)) continue;
    const log = new DiagnosticLog();
    const started = process.cpuUsage();
    const fail = (what: string) => outcome.failures.push(`input ${i}: ${what}`);
    try {
      const open = containerOpener({ limits, log });
      const inside = await open(bufferSource(bytes), "tool", { kind: "entry" });
      let held = 0;
      if (inside !== null) {
        outcome.opened++;
        for await (const file of inside) {
          outcome.files++;
          if (!/^tool(?:\/(?!\.\.?(?:\/|$))[^/\0]+)*$/.test(file.path)) fail(`path ${JSON.stringify(file.path)}`);
          if ("text" in file) held += file.text.length;
          if ("map" in file) held += file.map.length;
        }
      }
      if (held > limits.maxBytes) fail(`${held} characters of text`);
    } catch (error) {
      fail(String((error as Error).stack));
    }
    for (const { kind, count, detail } of log.list()) {
      outcome.diagnostics[kind] = (outcome.diagnostics[kind] ?? 0) + count;
      // Damage that a reader tripped over instead of seeing it.
      if (/is not a function|undefined|Cannot read|not iterable|Maximum call stack/.test(detail)) fail(detail);
    }
    // of this process: a machine that is busy with something else slows nothing down here
    const took = process.cpuUsage(started).user / 1000;
    outcome.slowest = Math.max(outcome.slowest, took);
    if (took > 5000) fail(`${took} ms`);
    if (i % 256 === 0) outcome.peak = Math.max(outcome.peak, process.memoryUsage.rss() / 2 ** 20);
    outcome.inputs++;
  }
  return outcome;
}

/** xorshift: enough to choose bytes with, and the same everywhere. */
function generator(seed: number): (below: number) => number {
  let state = seed | 0 || 1;
  return (below) => {
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    return (state >>> 0) % below;
  };
}

const NUMBERS = [0, 1, 7, 8, 0x7f, 0xff, 0xffff, 0x7fffffff, 0x80000000, 0xfffffff0, 0xffffffff];

function mutate(seeds: readonly Buffer[], random: (below: number) => number): Buffer {
  let bytes = Buffer.from(seeds[random(seeds.length)]!);
  for (let left = 1 + random(6); left > 0; left--) {
    const at = random(bytes.length);
    switch (random(8)) {
      case 0:
        bytes[at] = random(256);
        break;
      case 1:
        bytes[at]! ^= 1 << random(8);
        break;
      case 2:
      case 3:
        // Fields are aligned more often than not.
        if (bytes.length >= 8) bytes.writeUInt32LE(NUMBERS[random(NUMBERS.length)]!, (at & ~3) % (bytes.length - 4));
        break;
      case 4:
        if (bytes.length >= 8) bytes.writeUInt32LE(random(bytes.length * 2), at % (bytes.length - 4));
        break;
      case 5:
        if (bytes.length > 64 && random(3) === 0) bytes = bytes.subarray(0, at + 16);
        break;
      case 6: {
        const other = seeds[random(seeds.length)]!;
        const from = random(other.length);
        other.copy(bytes, at, from, from + random(200));
        break;
      }
      default: {
        const from = random(bytes.length);
        bytes.copy(bytes, at, from, from + random(64));
      }
    }
  }
  return bytes;
}

/** Every kind of container, small. */
async function samples(): Promise<Buffer[]> {
  const original = [{ name: "../../a.ts", packed: zstdFrame(Buffer.from("const a = 1;")) }];
  const map = bunSourceMap(original, Buffer.from(";AAAA"));
  const positions = Array.from({ length: 80 }, (_, i) => ({
    line: i >> 2,
    column: i & 3,
    source: 0,
    sourceLine: i % 9,
    sourceColumn: i,
  }));
  const binaryMap = bunSourceMap(original, bunMappings(positions));
  const nested = zip([
    { name: "x/a.js", content: "a()" },
    { name: "b.js", content: "b()".repeat(99), deflate: true },
  ]);
  // Level 0 keeps the tar headers open to mutation.
  const tar = gzipSync(
    rawTar([
      { name: "package/a.js", body: "a()" },
      { name: "package/n.zip", body: nested },
    ]),
    { level: 0 },
  );
  const modules = [
    { name: "/$bunfs/root/a.js", contents: Buffer.from('import "/$bunfs/root/b.js"'), sourceMap: map },
    {
      name: "/$bunfs/root/../b.js",
      contents: Buffer.from("b()", "utf16le"),
      encoding: 2 as const,
      sourceMap: binaryMap,
    },
    { name: "/$bunfs/root/c.zip", contents: nested, loader: 5 },
    { name: "/$bunfs/root/d.js.zst", contents: zstdFrame(Buffer.from("d()")), loader: 5 },
  ];
  const payloads = LAYOUTS.map((layout) => bunPayload(layout, modules));
  const last = payloads.at(-1)!;
  const blob = seaBlob({ code: Buffer.from("main()"), assets: { "a.tgz": tar, "b.js": Buffer.from("b()") } });
  return [
    ...payloads.map((payload) => bunOverlay(elf(), payload)),
    elf({ sections: [{ name: ".bun", bytes: bunSection(last) }] }),
    machO([{ name: "__BUN,__bun", bytes: bunSection(last) }]),
    pe([{ name: ".bun", bytes: bunSection(last) }]),
    fatMachO([{ machine: 0x01000007, bytes: machO([{ name: "__BUN,__bun", bytes: bunSection(last, 4) }]) }]),
    elf({ notes: [{ name: "NODE_SEA_BLOB", bytes: blob }] }),
    pe([{ name: ".rsrc", bytes: resources("NODE_SEA_BLOB", blob, 0x3000), address: 0x3000 }]),
    nested,
    tar,
    zstdFrame(Buffer.from("text")),
    program("rust"),
    program("rust"),
    program("go"),
  ];
}

function program(language: "rust" | "go"): Buffer {
  const program = new Program();
  const url = program.constant("https://api.example.com/v1/tool.started");
  const format = program.constant(Buffer.from("\xc0\x06/tasks\xc0\x00", "latin1"));
  program.pair(url + 27, 12, language === "rust");
  program.lea(RDI, url).number(RSI, 27).call().lea(RDI, format).call();
  program
    .number(RDI, 16)
    .call()
    .copy(RAX, R14)
    .loadVector(0, url)
    .storeVector(R14, 0, 0)
    .compareVector(1, url + 8);
  program.eight(RAX, "x-header").store(R14, 16, RAX).lea(RAX, url).number(RDX, 27).ret();
  return program.build(language);
}
