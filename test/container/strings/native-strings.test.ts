import { describe, expect, test } from "vitest";
import type { BinaryString } from "../../../extractor/model/binary-string.ts";
import { openAll } from "../open-all.ts";
import { Program, R8, R14, RAX, RBX, RCX, RDI, RDX, RSI } from "./code-writer.ts";

/** `layer confidence` by text; a placeholder is `{}`. */
async function stringsOf(
  program: Program,
  language: "rust" | "go" = "rust",
  packed = false,
): Promise<Record<string, string>> {
  const { files } = await openAll(program.build(language, packed));
  const strings: BinaryString[] = files.flatMap((file) => ("strings" in file ? file.strings : []));
  return Object.fromEntries(
    strings.map((s) => [s.pieces.map((piece) => piece ?? "{}").join(""), `${s.layer} ${s.confidence}`]),
  );
}

test("pointers with lengths, as the relocations say", async () => {
  const program = new Program();
  const text = program.constant("tool.startedtool.stoppedgarbage");
  program.pair(text, 12);
  program.pair(text + 12, 12);
  expect(await stringsOf(program)).toEqual({ "tool.started": "pointer exact", "tool.stopped": "pointer exact" });
});

test("pointers whose relocations are packed", async () => {
  const program = new Program();
  const text = program.constant("onetwothreefour");
  program.pair(text, 3);
  program.pair(text + 3, 3);
  program.pair(text + 6, 5);
  expect(await stringsOf(program, "rust", true)).toEqual({
    one: "pointer exact",
    two: "pointer exact",
    three: "pointer exact",
  });
});

test("a table of pointers has no lengths", async () => {
  const program = new Program();
  const text = program.constant("onetwo");
  program.pair(text, 3);
  program.pair(text + 3, 0);
  expect(await stringsOf(program)).toEqual({ one: "pointer exact" });
});

describe("code that takes an address gives the length", () => {
  const url = "https://api.example.com/v1/items";

  test.each<[string, (program: Program, at: number) => void]>([
    ["as the next argument", (p, at) => p.lea(RDI, at).number(RSI, url.length).call()],
    ["as the next argument, set before", (p, at) => p.number(R8, url.length).lea(RCX, at).call()],
    ["by push and pop", (p, at) => p.lea(RSI, at).pushPop(RDX, url.length).call()],
    ["as what is returned", (p, at) => p.lea(RAX, at).number(RDX, url.length).ret()],
    ["as the next field", (p, at) => p.lea(RAX, at).store(RBX, 8, RAX).storeNumber(RBX, 16, url.length).call()],
    [
      "doubled and odd, for format_args without arguments",
      (p, at) =>
        p
          .lea(RDI, at)
          .number(RSI, url.length * 2 + 1)
          .call(),
    ],
  ])("%s", async (_, write) => {
    const program = new Program();
    const at = program.constant(url);
    // Run-on: what follows is text as well, and begins where something else points.
    const next = program.constant("assertion failed: index < length");
    write(program, at);
    program.lea(RDI, next).number(RSI, 32).call();
    expect(await stringsOf(program)).toEqual({
      [url]: "reference exact",
      "assertion failed: index < length": "reference exact",
    });
  });

  test("without any number, up to the next beginning, and not for sure", async () => {
    const program = new Program();
    const at = program.constant("alphabeta");
    program
      .lea(RBX, at)
      .call()
      .lea(RDI, at + 5)
      .number(RSI, 4)
      .call();
    expect(await stringsOf(program)).toEqual({ alpha: "reference low", beta: "reference exact" });
  });

  test("strings of C code end at their zero", async () => {
    const program = new Program();
    program.constant("x\0");
    const at = program.constant("opt.percpu_arena\0narenas\0");
    program
      .lea(RDI, at)
      .number(RSI, 8)
      .call()
      .lea(RDI, at + 17)
      .call();
    expect(await stringsOf(program)).toEqual({ "opt.percpu_arena": "terminated exact", narenas: "terminated exact" });
  });

  test("a number that goes with it and fits nothing known is taken inside the known bounds", async () => {
    const program = new Program();
    const at = program.constant("prefix-and-a-tail-nobody-names");
    program.lea(RDI, at).number(RSI, 6).call();
    expect(await stringsOf(program)).toEqual({ prefix: "reference exact" });
  });
});

describe("format templates", () => {
  const encoded = (...parts: (string | number)[]) =>
    Buffer.concat(parts.map((part) => (typeof part === "number" ? Buffer.from([part]) : Buffer.from(part))));

  test("become pieces and placeholders", async () => {
    const program = new Program();
    const at = program.constant(encoded(0xc0, 12, "/wide/tasks/", 0xc0, 6, "/turns", 0));
    program.constant("behind");
    program.lea(RDI, at).call();
    expect(await stringsOf(program)).toEqual({ "{}/wide/tasks/{}/turns": "format exact" });
  });

  test("with long literals, and options behind a placeholder", async () => {
    const program = new Program();
    const long = "https://example.com/".padEnd(300, "x");
    const length = Buffer.alloc(3);
    length[0] = 0x80;
    length.writeUInt16LE(300, 1);
    const options = [0xc3, 1, 2, 3, 4, 5, 6];
    const at = program.constant(Buffer.concat([length, Buffer.from(long), Buffer.from(options), encoded(1, "?", 0)]));
    program.lea(RSI, at).call();
    expect(await stringsOf(program)).toEqual({ [`${long}{}?`]: "format exact" });
  });

  test("are no template without a placeholder or with two literals in a row", async () => {
    const program = new Program();
    program.lea(RDI, program.constant(encoded(3, "abc", 0))).call();
    program.lea(RDI, program.constant(encoded(3, "abc", 2, "de", 0xc0, 0))).call();
    expect(await stringsOf(program)).toEqual({});
  });
});

describe("strings put together by stores", () => {
  const url = "https://ingest.example.com/otlp/v1/logs";

  const build = (allocated: number | null): Program => {
    const program = new Program();
    const at = program.constant(url);
    program.constant("more text behind it");
    if (allocated !== null) program.number(RDI, allocated);
    // 16 + 16 bytes from the constants, the last eight as an immediate that overlaps them.
    program
      .call()
      .copy(RAX, R14)
      .loadVector(0, at + 16)
      .storeVector(RAX, 16, 0)
      .loadVector(0, at)
      .storeVector(RAX, 0, 0);
    program
      .eight(RAX, url.slice(-8))
      .store(R14, url.length - 8, RAX)
      .call();
    return program;
  };

  test("are exact where they fill an allocation", async () => {
    expect(await stringsOf(build(url.length))).toEqual({ [url]: "inline exact" });
  });

  test("are doubtful where nothing says where they end", async () => {
    expect((await stringsOf(build(null)))[url]).toBe("inline low");
    expect((await stringsOf(build(64)))[url]).toBe("inline low");
  });

  test("from immediates alone", async () => {
    const program = new Program();
    program.constant("x");
    program.number(RDI, 10).call().eight(RCX, "x-tool-k").store(RAX, 0, RCX).storeWord(RAX, 8, "ey").ret();
    expect(await stringsOf(program)).toEqual({ "x-tool-key": "inline exact" });
  });

  test("even short ones, with the place of the code", async () => {
    const program = new Program();
    program.constant("x");
    program.number(RDI, 4).call().storeWord(RAX, 0, "iK").storeWord(RAX, 2, "ey").ret();
    expect(await stringsOf(program)).toEqual({ iKey: "inline exact" });
    const { files } = await openAll(program.build("rust"));
    const [string] = files.flatMap((file) => ("strings" in file ? file.strings : []));
    expect(string!.code).toBe(string!.offset);
  });

  test("stores that contradict each other, or go elsewhere, are not joined", async () => {
    const program = new Program();
    program.constant("x");
    program.eight(RCX, "firsthal").store(RBX, 0, RCX).eight(RCX, "OTHERone").store(RBX, 4, RCX).call();
    program.eight(RCX, "notjoine").store(RBX, 0, RCX).call().eight(RCX, "d at all").store(RBX, 8, RCX).call();
    expect(Object.keys(await stringsOf(program)).sort()).toEqual(["OTHERone", "d at all", "firsthal", "notjoine"]);
  });
});

test("what only vector instructions compare with is one low string", async () => {
  const program = new Program();
  const at = program.constant("https://collector.example");
  program.constant("next");
  program
    .compareVector(0, at)
    .compareVector(1, at + 9)
    .call();
  expect(await stringsOf(program)).toEqual({ "https://collector.example": "vector low" });
});

test("Go: pairs without relocations, and its own order of arguments", async () => {
  const program = new Program();
  const at = program.constant("https://go.example/apithe restfor args");
  program.pair(at, 22, false);
  program
    .lea(RAX, at + 30)
    .number(RBX, 8)
    .call();
  expect(await stringsOf(program, "go")).toEqual({
    "https://go.example/api": "pointer exact",
    "for args": "reference exact",
  });
});

test("text is UTF-8: what is cut inside a character isn't text", async () => {
  const program = new Program();
  const at = program.constant("grün\u0000");
  program.pair(at, 5);
  program.pair(at, 3);
  expect(await stringsOf(program)).toEqual({ grün: "pointer exact" });
});
