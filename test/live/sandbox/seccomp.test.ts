import { existsSync, readFileSync } from "node:fs";
import { describe, expect, test } from "vitest";
import { seccompFilter } from "../../../extractor/live/sandbox/seccomp.ts";
import {
  type Architecture,
  AUDIT_ARCH,
  EXAMINED,
  LISTENING,
  REFUSED,
  SIGNALLING,
  UNKNOWN_CLONE3,
  WATCHED,
} from "../../../extractor/live/sandbox/system-calls.ts";

const ALLOW = 0x7fff0000;
const errno = (number: number) => 0x00050000 | number;
const [EPERM, ENOSYS, EAFNOSUPPORT] = [errno(1), errno(38), errno(97)];

/** What the kernel's filter machine does with the instructions that the filter is made of. */
function decide(filter: Buffer, arch: number, number: number, args: number[] = []): number {
  const seen = [number, arch, 0, 0, ...args.flatMap((arg) => [arg, 0])];
  let accumulator = 0;
  for (let at = 0; ; at += 8) {
    const [code, yes, no] = [filter.readUInt16LE(at), filter.readUInt8(at + 2), filter.readUInt8(at + 3)];
    const operand = filter.readUInt32LE(at + 4);
    const jump = (holds: boolean) => {
      at += 8 * (holds ? yes : no);
    };
    if (code === 0x06) return operand;
    if (code === 0x20) accumulator = seen[operand / 4] ?? 0;
    else if (code === 0x54) accumulator = (accumulator & operand) >>> 0;
    else if (code === 0x15) jump(accumulator === operand);
    else if (code === 0x35) jump(accumulator >= operand);
    else if (code === 0x45) jump((accumulator & operand) >>> 0 !== 0);
    else throw new Error(`instruction ${code}`);
  }
}

const ASK = 0x7fc00000;

describe.each(["x64", "arm64"] as const)("the filter of %s, with a listener", (architecture) => {
  const filter = seccompFilter(architecture, true);
  const on = (number: number | null, ...args: number[]) => decide(filter, AUDIT_ARCH[architecture], number!, args);

  test("asks about each call of the table, and about signals and connections; takes others", () => {
    for (const { [architecture]: number } of [...Object.values(REFUSED), ...Object.values(WATCHED)]) {
      if (number !== null) expect(on(number)).toBe(ASK);
    }
    expect(on(UNKNOWN_CLONE3[architecture])).toBe(ENOSYS);
    expect(on({ x64: 0, arm64: 63 }[architecture])).toBe(ALLOW); // read
    expect(on(500)).toBe(ENOSYS);
    expect(decide(filter, 0x40000003, 1)).toBe(ENOSYS); // another architecture's
    for (const { numbers, signal } of Object.values(SIGNALLING)) {
      expect(on(numbers[architecture], ...[7, 7, 7].map((arg, i) => (i === signal ? 15 : arg)))).toBe(ASK);
      expect(on(numbers[architecture], ...[7, 7, 7].map((arg, i) => (i === signal ? 0 : arg)))).toBe(ALLOW);
    }
    expect(on(EXAMINED.socket[architecture], 40, 1, 0)).toBe(ASK);
    expect(on(EXAMINED.socket[architecture], 2, 1, 0)).toBe(ALLOW);
    expect(on(EXAMINED.clone[architecture], 0x10000011)).toBe(ASK);
    expect(on(EXAMINED.clone[architecture], 0x1200011)).toBe(ALLOW);
  });
});

describe.each(["x64", "arm64"] as const)("the filter of %s", (architecture) => {
  const filter = seccompFilter(architecture, false);
  const on = (number: number | null, ...args: number[]) => decide(filter, AUDIT_ARCH[architecture], number!, args);

  test("refuses each call of the table, and takes others", () => {
    for (const { [architecture]: number } of Object.values(REFUSED)) {
      if (number !== null) expect(on(number)).toBe(EPERM);
    }
    expect(on(UNKNOWN_CLONE3[architecture])).toBe(ENOSYS);
    expect(on({ x64: 0, arm64: 63 }[architecture])).toBe(ALLOW); // read
    expect(on(500)).toBe(ENOSYS);
    expect(on(0x40000000 + 39)).toBe(ENOSYS);
    expect(decide(filter, 0x40000003, 1)).toBe(ENOSYS); // another architecture's
  });

  test.each([
    ["socket", [1, 1, 0], ALLOW],
    ["socket", [2, 1, 0], ALLOW],
    ["socket", [10, 2 | 0x80000, 0], ALLOW],
    ["socket", [2, 3, 1], EPERM],
    ["socket", [10, 3 | 0x800, 58], EPERM],
    ["socket", [16, 3, 0], ALLOW],
    ["socket", [16, 3, 9], EPERM],
    ["socket", [17, 3, 0], EAFNOSUPPORT],
    ["socket", [40, 1, 0], EAFNOSUPPORT],
    ["socketpair", [1, 1, 0], ALLOW],
    ["socketpair", [30, 1, 0], EAFNOSUPPORT],
    ["clone", [0x1200011], ALLOW],
    ["clone", [0x10000011], EPERM],
    ["clone", [0x40000000], EPERM],
    ["ioctl", [0, 0x5401], ALLOW],
    ["ioctl", [0, 0x5412], EPERM],
    ["personality", [0xffffffff], ALLOW],
    ["personality", [0x40000], EPERM],
  ] as const)("%s%j", (name, args, action) => {
    expect(on(EXAMINED[name][architecture], ...args)).toBe(action);
  });
});

const HEADERS = {
  x64: "/usr/include/x86_64-linux-gnu/asm/unistd_64.h",
  arm64: "/usr/include/asm-generic/unistd.h",
} as const satisfies Record<Architecture, string>;

test.each(Object.entries(HEADERS).filter(([, header]) => existsSync(header)))(
  "numbers of %s are those of the kernel's own header",
  (architecture, header) => {
    const lines = readFileSync(header, "utf8").matchAll(/^#define __NR(?:3264)?_(\w+)\s+(\d+)$/gm);
    const known = new Map([...lines].map(([, name, number]) => [name, Number(number)]));
    const signalling = Object.fromEntries(Object.entries(SIGNALLING).map(([name, { numbers }]) => [name, numbers]));
    const rows = Object.entries({
      ...signalling,
      ...REFUSED,
      ...EXAMINED,
      ...WATCHED,
      ...LISTENING,
      clone3: UNKNOWN_CLONE3,
    });
    for (const [name, { [architecture as Architecture]: number }] of rows) {
      if (number !== null) expect([name, number]).toEqual([name, known.get(name)]);
    }
  },
);
