import { GROUP3, IMM8, IMM16, IMMV, IMMZ, MODRM, MOFFS, ONE_BYTE, REL32, TWO_BYTE } from "./x86-format.ts";

/** Longest instruction there is; a window must hold this much beyond the position that is decoded. */
export const INSTRUCTION_BYTES = 15;

/** No plain base register: indexed, or none. */
export const NO_BASE = -1;
/** The operand is at an address relative to the next instruction. */
export const RIP = 16;

/**
 * Opcode maps: one byte, after 0F, after 0F 38, after 0F 3A. Instructions with VEX or EVEX prefix are only measured.
 */
export type OpcodeMap = 0 | 1 | 2 | 3;

/** One decoded x86-64 instruction; reused for the next, since there are tens of millions. */
export class Instruction {
  length = 0;
  map: OpcodeMap = 0;
  opcode = 0;
  /** REX.W: the operand has eight bytes. */
  wide = false;
  /** The last of 66, F2, F3 in front of it, or 0. */
  prefix = 0;
  isVector = false;
  hasModrm = false;
  /**
   * 3: `rm` is a register; otherwise it is memory at `base` + `displacement`. Without ModRM, `rm` is the opcode's
   * register.
   */
  mod = 0;
  reg = 0;
  rm = 0;
  base = NO_BASE;
  displacement = 0;
  /** Where the immediate stands, and its size; 0 for none. */
  immediateAt = 0;
  immediateSize = 0;

  /** Decodes what begins at `at`. Bytes that are no instruction count as one of length 1. */
  decode(code: Buffer, at: number): void {
    let p = at;
    let rex = 0;
    this.prefix = 0;
    this.isVector = false;
    let small = false;
    for (; p < at + INSTRUCTION_BYTES; p++) {
      const byte = code[p]!;
      if (byte === 0x66) {
        small = true;
        if (this.prefix === 0) this.prefix = byte;
      } else if (byte === 0xf2 || byte === 0xf3) this.prefix = byte;
      else if (
        byte !== 0xf0 &&
        byte !== 0x2e &&
        byte !== 0x3e &&
        byte !== 0x26 &&
        byte !== 0x36 &&
        (byte & 0xfc) !== 0x64
      )
        break;
    }
    if ((code[p]! & 0xf0) === 0x40) rex = code[p++]!;
    this.wide = (rex & 8) !== 0;
    let opcode = code[p++]!;
    let flags: number;
    if (opcode === 0x0f) {
      opcode = code[p++]!;
      if (opcode === 0x38 || opcode === 0x3a) {
        this.map = opcode === 0x38 ? 2 : 3;
        flags = opcode === 0x38 ? MODRM : MODRM | IMM8;
        opcode = code[p++]!;
      } else {
        this.map = 1;
        flags = TWO_BYTE[opcode]!;
      }
    } else if (opcode === 0xc4 || opcode === 0xc5 || opcode === 0x62) {
      const map = opcode === 0xc5 ? 1 : code[p]! & (opcode === 0xc4 ? 31 : 7);
      p += opcode === 0xc5 ? 1 : opcode === 0xc4 ? 2 : 3;
      opcode = code[p++]!;
      this.isVector = true;
      this.map = map === 1 ? 1 : map === 3 ? 3 : 2;
      flags = map === 1 ? TWO_BYTE[opcode]! : map === 3 ? MODRM | IMM8 : MODRM;
    } else {
      this.map = 0;
      flags = ONE_BYTE[opcode]!;
    }
    this.opcode = opcode;
    this.hasModrm = (flags & MODRM) !== 0;
    if (!this.hasModrm) this.rm = (opcode & 7) | ((rex & 1) << 3);
    else {
      p = this.#operand(code, p, rex);
      if ((flags & GROUP3) !== 0 && (this.reg & 6) === 0) flags |= opcode === 0xf6 ? IMM8 : IMMZ;
    }
    this.immediateAt = p;
    let size = 0;
    if ((flags & IMM8) !== 0) size = 1;
    if ((flags & IMM16) !== 0) size += 2;
    if ((flags & IMMZ) !== 0) size = small ? 2 : 4;
    if ((flags & REL32) !== 0) size = 4;
    if ((flags & IMMV) !== 0) size = this.wide ? 8 : small ? 2 : 4;
    if ((flags & MOFFS) !== 0) size = 8;
    this.immediateSize = size;
    this.length = p + size - at;
  }

  #operand(code: Buffer, start: number, rex: number): number {
    let p = start;
    const modrm = code[p++]!;
    const low = modrm & 7;
    this.mod = modrm >> 6;
    this.reg = ((modrm >> 3) & 7) | ((rex & 4) << 1);
    this.rm = low | ((rex & 1) << 3);
    this.displacement = 0;
    this.base = this.rm;
    if (this.mod === 3) return p;
    if (low === 4) {
      const sib = code[p++]!;
      const hasIndex = (sib & 0x38) !== 0x20 || (rex & 2) !== 0;
      const noBase = (sib & 7) === 5 && this.mod === 0;
      this.base = hasIndex || noBase ? NO_BASE : (sib & 7) | ((rex & 1) << 3);
      if (noBase) return p + 4;
    } else if (low === 5 && this.mod === 0) {
      this.base = RIP;
      this.displacement = int32(code, p);
      return p + 4;
    }
    if (this.mod === 1) {
      this.displacement = (code[p]! << 24) >> 24;
      return p + 1;
    }
    if (this.mod === 2) {
      this.displacement = int32(code, p);
      return p + 4;
    }
    return p;
  }
}

/** Buffer's own reader checks bounds on each call; positions are checked by the window here. */
export function int32(bytes: Uint8Array, at: number): number {
  return bytes[at]! | (bytes[at + 1]! << 8) | (bytes[at + 2]! << 16) | (bytes[at + 3]! << 24);
}
