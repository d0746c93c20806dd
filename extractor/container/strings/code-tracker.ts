import type { CodeFacts } from "./code-facts.ts";
import { LITERAL_BYTES, type Literals } from "./literals.ts";
import { Proximity } from "./proximity.ts";
import { ADDRESS, NUMBER, Registers } from "./registers.ts";
import { isPrintable, Stores } from "./stores.ts";
import { type Instruction, int32, NO_BASE, RIP } from "./x86-instruction.ts";

/** Argument registers in order, by which an address and the length after it are passed. */
export const ARGUMENTS = {
  /** System V: rdi rsi rdx rcx r8 r9; what a function returns in rax rdx comes last. */
  rust: [7, 6, 2, 1, 8, 9],
  /** Go's own: rax rbx rcx rdi rsi r8 r9 r10 r11. */
  go: [0, 3, 1, 7, 6, 8, 9, 10, 11],
} as const;

const RAX = 0;
const RDX = 2;
const RSP = 4;
const RDI = 7;

/** Follows registers through a linear sweep over the code and collects what it says about strings. */
export class CodeTracker {
  readonly #literals: Literals;
  readonly #arguments: readonly number[];
  readonly #registers = new Registers();
  readonly #stores: Stores;
  readonly #proximity: Proximity;
  /** `push imm` whose `pop` may follow: short code for loading a small number. */
  #pushed: number | null = null;

  constructor(literals: Literals, facts: CodeFacts, language: keyof typeof ARGUMENTS) {
    this.#literals = literals;
    this.#arguments = ARGUMENTS[language];
    this.#stores = new Stores(facts);
    this.#proximity = new Proximity(facts);
  }

  /** A region of code begins that the last one doesn't run into. */
  restart(): void {
    this.#stores.flush();
    this.#registers.clobberAll();
  }

  /** The next instruction, decoded from `code`, whose address is `address`. */
  step(instruction: Instruction, code: Buffer, address: number): void {
    this.#proximity.advance();
    if (instruction.isVector) {
      // Compilers for the baseline processor write none of these around strings.
      if (instruction.hasModrm) this.#registers.vector.fill(-1);
      return;
    }
    if (instruction.map === 0) this.#oneByte(instruction, code, address);
    else if (instruction.map === 1) this.#twoByte(instruction, address);
    else if (instruction.hasModrm) this.#registers.clobberVector(instruction.reg);
  }

  #oneByte(ins: Instruction, code: Buffer, address: number): void {
    const { opcode } = ins;
    const registers = this.#registers;
    const wasPushed = this.#pushed;
    this.#pushed = null;
    if (opcode < 0x40) {
      const form = opcode & 7;
      if (form >= 6 || opcode >= 0x38) return; // comparisons write nothing
      // xor r, r is how a register becomes zero
      if ((opcode & 0x3d) === 0x31 && ins.mod === 3 && ins.reg === ins.rm) {
        registers.setNumber(ins.rm, 0, 0);
        return;
      }
      if (form < 2) this.#clobberOperand(ins);
      else registers.clobber(form < 4 ? ins.reg : RAX);
      return;
    }
    if (opcode >= 0x50 && opcode < 0x58) {
      registers.clobber(RSP);
      return;
    }
    if (opcode >= 0x58 && opcode < 0x60) {
      if (wasPushed !== null) registers.setNumber(ins.rm, wasPushed, wasPushed < 0 ? -1 : 0);
      else registers.clobber(ins.rm);
      registers.clobber(RSP);
      return;
    }
    if (opcode >= 0x70 && opcode < 0x80) {
      this.#stores.flush();
      return;
    }
    if (opcode >= 0xb8 && opcode < 0xc0) {
      const low = int32(code, ins.immediateAt);
      registers.setNumber(ins.rm, low, ins.immediateSize === 8 ? int32(code, ins.immediateAt + 4) : 0);
      if (ins.immediateSize === 4) this.#proximity.number(low);
      return;
    }
    if (opcode >= 0xb0 && opcode < 0xb8) {
      registers.clobber(ins.rm);
      return;
    }
    switch (opcode) {
      case 0x8d:
        this.#loadAddress(ins, address);
        return;
      case 0x88:
      case 0x89:
        this.#store(ins, address);
        return;
      case 0x8b:
        this.#load(ins, address);
        return;
      case 0xc6:
      case 0xc7:
        this.#storeImmediate(ins, code, address);
        return;
      case 0x6a:
      case 0x68:
        this.#pushed = ins.immediateSize === 1 ? (code[ins.immediateAt]! << 24) >> 24 : int32(code, ins.immediateAt);
        this.#proximity.number(this.#pushed);
        registers.clobber(RSP);
        return;
      case 0x80:
      case 0x81:
      case 0x83:
        if ((ins.reg & 7) !== 7) {
          this.#clobberOperand(ins);
          return;
        }
        this.#proximity.number(
          ins.immediateSize === 4 ? int32(code, ins.immediateAt) : (code[ins.immediateAt]! << 24) >> 24,
        );
        return;
      case 0xe8:
        this.#call();
        return;
      case 0xc3:
        this.#leave(true);
        return;
      case 0xe9:
      case 0xeb:
        this.#leave(false);
        return;
      case 0xcc:
      case 0xf4:
        this.restart();
        return;
      case 0xff:
        if ((ins.reg & 6) === 2) {
          this.#call();
          return;
        }
        if ((ins.reg & 6) === 4) {
          this.#leave(false);
          return;
        }
        if ((ins.reg & 7) < 2) this.#clobberOperand(ins);
        return;
      case 0x84:
      case 0x85:
      case 0xa8:
      case 0xa9:
      case 0x90:
        return;
      case 0x63:
      case 0x69:
      case 0x6b:
      case 0x8a:
        registers.clobber(ins.reg);
        return;
      case 0xf6:
      case 0xf7:
        if ((ins.reg & 7) >= 4) {
          registers.clobber(RAX);
          registers.clobber(RDX);
        } else if ((ins.reg & 7) >= 2) this.#clobberOperand(ins);
        return;
      default:
        if (ins.hasModrm) this.#clobberOperand(ins);
        if (opcode === 0x86 || opcode === 0x87) registers.clobber(ins.reg);
        if (opcode >= 0x91 && opcode <= 0x99) registers.clobber(RAX);
    }
  }

  #twoByte(ins: Instruction, address: number): void {
    const { opcode, prefix } = ins;
    const registers = this.#registers;
    if (opcode >= 0x80 && opcode < 0x90) {
      this.#stores.flush();
      return;
    }
    if (opcode === 0x0b) {
      this.restart();
      return;
    }
    switch (opcode) {
      case 0x10:
        this.#loadVector(ins, address, prefix === 0xf3 ? 4 : prefix === 0xf2 ? 8 : 16);
        return;
      case 0x28:
        this.#loadVector(ins, address, 16);
        return;
      case 0x6f:
        if (prefix !== 0) this.#loadVector(ins, address, 16);
        return;
      case 0x7e:
        if (prefix === 0xf3) {
          this.#loadVector(ins, address, 8);
          return;
        }
        this.#clobberOperand(ins);
        return;
      case 0x11:
        this.#storeVector(ins, address, prefix === 0xf3 ? 4 : prefix === 0xf2 ? 8 : 16);
        return;
      case 0x29:
        this.#storeVector(ins, address, 16);
        return;
      case 0x7f:
        if (prefix !== 0) this.#storeVector(ins, address, 16);
        return;
      case 0xd6:
        this.#storeVector(ins, address, 8);
        return;
      case 0x74:
      case 0xef:
      case 0x57: {
        const at = this.#constant(ins, address);
        if (at >= 0) this.#proximity.vectorRead(at, 16);
        registers.clobberVector(ins.reg);
        return;
      }
    }
    if (!ins.hasModrm) {
      if (opcode >= 0xc8) registers.clobber(ins.rm);
      return;
    }
    const general =
      (opcode >= 0x40 && opcode < 0x50) ||
      (opcode >= 0xb6 && opcode < 0xc0) ||
      opcode === 0xaf ||
      opcode === 0x2c ||
      opcode === 0x2d;
    if (general || opcode === 0x50 || opcode === 0xd7) registers.clobber(ins.reg);
    else if (opcode >= 0x90 && opcode < 0xb6) this.#clobberOperand(ins);
    else if (opcode === 0xc0 || opcode === 0xc1) {
      this.#clobberOperand(ins);
      registers.clobber(ins.reg);
    } else registers.clobberVector(ins.reg);
  }

  /** Position in the constants of an operand relative to the next instruction, -1 for any other. */
  #constant(ins: Instruction, address: number): number {
    return ins.mod !== 3 && ins.base === RIP ? this.#literals.position(address + ins.length + ins.displacement) : -1;
  }

  #clobberOperand(ins: Instruction): void {
    if (ins.mod === 3) this.#registers.clobber(ins.rm);
  }

  #loadAddress(ins: Instruction, address: number): void {
    const at = this.#constant(ins, address);
    if (at < 0) {
      this.#registers.clobber(ins.reg);
      return;
    }
    this.#registers.setAddress(ins.reg, at);
    this.#proximity.reference(at);
  }

  #load(ins: Instruction, address: number): void {
    const registers = this.#registers;
    if (ins.mod === 3) {
      if (ins.wide) registers.copy(ins.rm, ins.reg);
      else registers.clobber(ins.reg);
      return;
    }
    const at = this.#constant(ins, address);
    const { bytes } = this.#literals;
    if (at < 0 || at + 8 > bytes.length) registers.clobber(ins.reg);
    else registers.setNumber(ins.reg, int32(bytes, at), ins.wide ? int32(bytes, at + 4) : 0);
  }

  #store(ins: Instruction, address: number): void {
    const registers = this.#registers;
    const width = ins.opcode === 0x88 ? 1 : ins.wide ? 8 : ins.prefix === 0x66 ? 2 : 4;
    if (ins.mod === 3) {
      if (width === 8) registers.copy(ins.reg, ins.rm);
      else registers.clobber(ins.rm);
      return;
    }
    if (ins.base === NO_BASE || ins.base === RIP) return;
    const kind = registers.kind[ins.reg]!;
    const base = registers.identity[ins.base]!;
    if (kind === ADDRESS && width === 8) this.#stores.address(base, ins.displacement, registers.value[ins.reg]!);
    else if (kind === NUMBER) {
      const value = registers.value[ins.reg]!;
      if (width === 8 && value <= 2 * LITERAL_BYTES) this.#stores.number(base, ins.displacement, value);
      else if (isPrintable(registers.bytes[ins.reg]!, 0, width))
        this.#stores.text(
          base,
          ins.displacement,
          Buffer.from(registers.bytes[ins.reg]!.subarray(0, width)),
          -1,
          address,
        );
    }
  }

  #storeImmediate(ins: Instruction, code: Buffer, address: number): void {
    const value = ins.immediateSize === 4 ? int32(code, ins.immediateAt) : 0;
    if (ins.mod === 3) {
      if (ins.opcode === 0xc7) this.#registers.setNumber(ins.rm, value, value < 0 ? -1 : 0);
      else this.#registers.clobber(ins.rm);
      this.#proximity.number(value);
      return;
    }
    if (ins.base === NO_BASE || ins.base === RIP) return;
    const base = this.#registers.identity[ins.base]!;
    if (ins.wide) {
      if (value > 0) this.#stores.number(base, ins.displacement, value);
      this.#proximity.number(value);
      return;
    }
    const end = ins.immediateAt + ins.immediateSize;
    if (!isPrintable(code, ins.immediateAt, end)) return;
    this.#stores.text(base, ins.displacement, Buffer.from(code.subarray(ins.immediateAt, end)), -1, address);
  }

  #loadVector(ins: Instruction, address: number, width: number): void {
    const registers = this.#registers;
    if (ins.mod === 3) {
      registers.setVector(ins.reg, registers.vector[ins.rm]!, registers.vectorBytes[ins.rm]!);
      return;
    }
    const at = this.#constant(ins, address);
    if (at >= 0 && width >= 8) this.#proximity.vectorRead(at, width);
    registers.setVector(ins.reg, at, width);
  }

  #storeVector(ins: Instruction, address: number, width: number): void {
    const registers = this.#registers;
    if (ins.mod === 3) {
      registers.clobberVector(ins.rm);
      return;
    }
    const at = registers.vector[ins.reg]!;
    if (at < 0 || width > registers.vectorBytes[ins.reg]! || ins.base === NO_BASE || ins.base === RIP) return;
    const { bytes } = this.#literals;
    if (isPrintable(bytes, at, at + width))
      this.#stores.text(registers.identity[ins.base]!, ins.displacement, bytes.subarray(at, at + width), at, address);
  }

  #pair(addressRegister: number, lengthRegister: number): void {
    const { kind, value } = this.#registers;
    if (kind[addressRegister] === ADDRESS && kind[lengthRegister] === NUMBER)
      this.#proximity.pair(value[addressRegister]!, value[lengthRegister]!);
  }

  #pairArguments(): void {
    for (let i = 1; i < this.#arguments.length; i++) this.#pair(this.#arguments[i - 1]!, this.#arguments[i]!);
  }

  #call(): void {
    this.#pairArguments();
    this.#stores.flush();
    const { kind, value } = this.#registers;
    // If it is an allocator, what it returns has the size that is its first argument.
    const allocated = kind[RDI] === NUMBER ? value[RDI]! : 0;
    this.#registers.clobberCallerSaved();
    if (allocated > 0 && allocated <= LITERAL_BYTES) this.#stores.allocate(this.#registers.identity[RAX]!, allocated);
  }

  #leave(isReturn: boolean): void {
    this.#pair(RAX, RDX);
    if (!isReturn) this.#pairArguments();
    this.#stores.flush();
    this.#registers.clobberAll();
  }
}
