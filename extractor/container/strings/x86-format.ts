/** What follows an opcode byte, for the length of x86-64 instructions. */
export const MODRM = 1;
export const IMM8 = 2;
export const IMM16 = 4;
/** Four bytes, two with an operand-size prefix. */
export const IMMZ = 8;
/** Four bytes whatever the prefix: near branches. */
export const REL32 = 16;
/** `mov r, imm`: eight bytes with REX.W. */
export const IMMV = 32;
/** Absolute address. */
export const MOFFS = 64;
/** `test` has an immediate where the others of its group have none. */
export const GROUP3 = 128;

/** `"31 40-4f"` -> 31, 40, 41, …, 4f, all hexadecimal. */
export function opcodesIn(ranges: string): number[] {
  return ranges.split(" ").flatMap((range) => {
    const [first = 0, last = first] = range.split("-").map((part) => Number.parseInt(part, 16));
    return Array.from({ length: last - first + 1 }, (_, index) => first + index);
  });
}

function fill(table: Uint8Array, flags: number, opcodes: string): void {
  for (const opcode of opcodesIn(opcodes)) table[opcode] = flags;
}

function oneByteOpcodes(): Uint8Array {
  const table = new Uint8Array(256);
  for (let row = 0; row < 0x40; row += 8) {
    table.fill(MODRM, row, row + 4);
    table[row + 4] = IMM8;
    table[row + 5] = IMMZ;
  }
  fill(table, MODRM, "63 84-8f d0-d3 d8-df fe ff");
  fill(table, IMMZ, "68 a9");
  fill(table, MODRM | IMMZ, "69 81 c7");
  fill(table, IMM8, "6a 70-7f a8 b0-b7 cd e0-e7 eb");
  fill(table, MODRM | IMM8, "6b 80 83 c0 c1 c6");
  fill(table, MOFFS, "a0-a3");
  fill(table, IMMV, "b8-bf");
  fill(table, IMM16, "c2 ca");
  fill(table, IMM16 | IMM8, "c8");
  fill(table, REL32, "e8 e9");
  fill(table, MODRM | GROUP3, "f6 f7");
  return table;
}

function twoByteOpcodes(): Uint8Array {
  const table = new Uint8Array(256).fill(MODRM);
  fill(table, 0, "05-09 0b 0e 30-37 77 a0-a2 a8-aa c8-cf");
  fill(table, REL32, "80-8f");
  fill(table, MODRM | IMM8, "0f 70-73 a4 ac ba c2 c4-c6");
  return table;
}

export const ONE_BYTE = oneByteOpcodes();
/** After 0F. The maps after 0F 38 and 0F 3A are uniform: a ModRM byte, and for the latter an immediate. */
export const TWO_BYTE = twoByteOpcodes();
