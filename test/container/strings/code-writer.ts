import { elf, type WrittenSection } from "../executables/executable-writer.ts";

export const RAX = 0;
export const RCX = 1;
export const RDX = 2;
export const RBX = 3;
export const RSI = 6;
export const RDI = 7;
export const R8 = 8;
export const R14 = 14;

const CODE = 0x1000;
const CONSTANTS = 0x100000;
const DATA = 0x200000;

/** Writes a little x86-64 code, the constants it reads and the data that points at them, the way compilers do. */
export class Program {
  readonly #code: number[] = [];
  #constants = Buffer.alloc(0);
  #data = Buffer.alloc(0);
  readonly #relocations: { site: number; target: number }[] = [];

  /** Adds constants right behind the last ones, and returns their address. */
  constant(content: string | Buffer): number {
    const at = CONSTANTS + this.#constants.length;
    this.#constants = Buffer.concat([this.#constants, Buffer.from(content)]);
    return at;
  }

  /** A pointer and a length in the data; the pointer is relocated unless the program has a fixed address. */
  pair(target: number, length: number, isRelocated = true): void {
    const words = Buffer.alloc(16);
    words.writeBigUInt64LE(BigInt(isRelocated ? 0 : target), 0);
    words.writeBigUInt64LE(BigInt(length), 8);
    if (isRelocated) this.#relocations.push({ site: DATA + this.#data.length, target });
    this.#data = Buffer.concat([this.#data, words]);
  }

  lea(register: number, target: number): this {
    return this.#bytes(0x48 | ((register >> 3) << 2), 0x8d, ((register & 7) << 3) | 5).#relative(target);
  }

  /** `mov r32, imm32` */
  number(register: number, value: number): this {
    if (register > 7) this.#bytes(0x41);
    return this.#bytes(0xb8 | (register & 7)).#int32(value);
  }

  /** `movabs r64, imm64` with the bytes of a text. */
  eight(register: number, text: string): this {
    return this.#bytes(0x48 | (register >> 3), 0xb8 | (register & 7), ...Buffer.from(text, "latin1"));
  }

  pushPop(register: number, value: number): this {
    return this.#bytes(0x6a, value, 0x58 | register);
  }

  copy(from: number, to: number): this {
    return this.#bytes(0x48 | ((from >> 3) << 2) | (to >> 3), 0x89, 0xc0 | ((from & 7) << 3) | (to & 7));
  }

  store(base: number, displacement: number, register: number): this {
    return this.#bytes(0x48 | ((register >> 3) << 2) | (base >> 3), 0x89).#memory(register & 7, base, displacement);
  }

  storeNumber(base: number, displacement: number, value: number): this {
    return this.#bytes(0x48 | (base >> 3), 0xc7)
      .#memory(0, base, displacement)
      .#int32(value);
  }

  storeWord(base: number, displacement: number, text: string): this {
    return this.#bytes(0x66, 0xc7)
      .#memory(0, base, displacement)
      .#bytes(...Buffer.from(text, "latin1"));
  }

  loadVector(register: number, target: number): this {
    return this.#bytes(0x0f, 0x10, (register << 3) | 5).#relative(target);
  }

  storeVector(base: number, displacement: number, register: number): this {
    return this.#bytes(0x0f, 0x11).#memory(register, base, displacement);
  }

  compareVector(register: number, target: number): this {
    return this.#bytes(0x66, 0x0f, 0x74, (register << 3) | 5).#relative(target);
  }

  call(): this {
    return this.#bytes(0xe8).#int32(0);
  }

  ret(): this {
    return this.#bytes(0xc3);
  }

  /** An ELF file that says which compiler made it. Packed relocations keep their targets in the data. */
  build(language: "rust" | "go", packed = false): Buffer {
    const relocations = packed ? this.#packRelocations() : Buffer.alloc(this.#relocations.length * 24);
    this.#relocations.forEach(({ site, target }, i) => {
      if (packed) return;
      relocations.writeBigUInt64LE(BigInt(site), i * 24);
      relocations.writeUInt32LE(8, i * 24 + 8);
      relocations.writeBigUInt64LE(BigInt(target), i * 24 + 16);
    });
    const sections: WrittenSection[] = [
      packed
        ? { name: ".relr.dyn", type: 19, address: 0x400, bytes: relocations }
        : { name: ".rela.dyn", type: 4, address: 0x400, bytes: relocations },
      { name: ".text", address: CODE, bytes: Buffer.from(this.#code), isCode: true },
      { name: ".rodata", address: CONSTANTS, bytes: this.#constants },
      { name: ".data.rel.ro", address: DATA, bytes: this.#data },
      language === "go"
        ? { name: ".gopclntab", address: 0x300000, bytes: Buffer.alloc(16) }
        : { name: ".comment", bytes: Buffer.from("/rustc/") },
    ];
    return elf({ sections });
  }

  /** The first site, then a bitmap of the 63 words behind it. */
  #packRelocations(): Buffer {
    const [first] = this.#relocations;
    let bitmap = 1n;
    for (const { site, target } of this.#relocations) {
      this.#data.writeBigUInt64LE(BigInt(target), site - DATA);
      if (site !== first!.site) bitmap |= 1n << BigInt((site - first!.site) / 8);
    }
    const words = Buffer.alloc(16);
    words.writeBigUInt64LE(BigInt(first!.site), 0);
    words.writeBigUInt64LE(bitmap, 8);
    return words;
  }

  #bytes(...bytes: number[]): this {
    this.#code.push(...bytes);
    return this;
  }

  #int32(value: number): this {
    const bytes = Buffer.alloc(4);
    bytes.writeInt32LE(value | 0);
    return this.#bytes(...bytes);
  }

  #relative(target: number): this {
    return this.#int32(target - (CODE + this.#code.length + 4));
  }

  #memory(register: number, base: number, displacement: number): this {
    return this.#bytes(0x40 | (register << 3) | (base & 7), displacement);
  }
}
