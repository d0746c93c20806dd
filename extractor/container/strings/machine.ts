import type { CodeFacts } from "./code-facts.ts";
import { LITERAL_BYTES, type Literals } from "./literals.ts";
import { Proximity } from "./proximity.ts";
import { ADDRESS, NUMBER, Registers } from "./registers.ts";
import { isPrintable, Stores } from "./stores.ts";
import { type Instruction, int32, NO_BASE, RIP } from "./x86-instruction.ts";

/** Argument registers in order, by which an address and the length after it are passed. */
export const ARGUMENTS = {
  /** System V: rdi rsi rdx rcx r8 r9. */
  rust: [7, 6, 2, 1, 8, 9],
  /** Go's own: rax rbx rcx rdi rsi r8 r9 r10 r11. */
  go: [0, 3, 1, 7, 6, 8, 9, 10, 11],
} as const;

export const RAX = 0;
export const RDX = 2;
export const RSP = 4;
const RDI = 7;

/** What instructions do to registers and memory, as far as the strings need it. */
export class Machine {
  readonly registers = new Registers();
  readonly stores: Stores;
  readonly proximity: Proximity;
  readonly #literals: Literals;
  readonly #arguments: readonly number[];

  constructor(literals: Literals, facts: CodeFacts, language: keyof typeof ARGUMENTS) {
    this.#literals = literals;
    this.#arguments = ARGUMENTS[language];
    this.stores = new Stores(facts);
    this.proximity = new Proximity(facts);
  }

  /** Code begins that the code before doesn't run into. */
  restart(): void {
    this.stores.flush();
    this.registers.clobberAll();
  }

  /** Position in the constants of an operand relative to the next instruction, -1 for any other. */
  constant(ins: Instruction, address: number): number {
    return ins.mod !== 3 && ins.base === RIP ? this.#literals.position(address + ins.length + ins.displacement) : -1;
  }

  /** An operand is written in a way that isn't followed. */
  clobberOperand(ins: Instruction): void {
    if (ins.mod === 3) this.registers.clobber(ins.rm);
  }

  /** `lea` */
  loadAddress(ins: Instruction, address: number): void {
    const at = this.constant(ins, address);
    if (at < 0) {
      this.registers.clobber(ins.reg);
      return;
    }
    this.registers.setAddress(ins.reg, at);
    this.proximity.reference(at, address);
  }

  /** `mov r, r/m` */
  load(ins: Instruction, address: number): void {
    const registers = this.registers;
    if (ins.mod === 3) {
      if (ins.wide) registers.copy(ins.rm, ins.reg);
      else registers.clobber(ins.reg);
      return;
    }
    const at = this.constant(ins, address);
    const { bytes } = this.#literals;
    if (at < 0 || at + 8 > bytes.length) registers.clobber(ins.reg);
    else registers.setNumber(ins.reg, int32(bytes, at), ins.wide ? int32(bytes, at + 4) : 0);
  }

  /** `mov r/m, r` */
  store(ins: Instruction, address: number): void {
    const registers = this.registers;
    const width = ins.opcode === 0x88 ? 1 : ins.wide ? 8 : ins.prefix === 0x66 ? 2 : 4;
    if (ins.mod === 3) {
      if (width === 8) registers.copy(ins.reg, ins.rm);
      else registers.clobber(ins.rm);
      return;
    }
    if (ins.base === NO_BASE || ins.base === RIP) return;
    const kind = registers.kind[ins.reg]!;
    const base = registers.identity[ins.base]!;
    if (kind === ADDRESS && width === 8) this.stores.address(base, ins.displacement, registers.value[ins.reg]!);
    else if (kind === NUMBER) {
      const value = registers.value[ins.reg]!;
      if (width === 8 && value <= 2 * LITERAL_BYTES) this.stores.number(base, ins.displacement, value);
      else if (isPrintable(registers.bytes[ins.reg]!, 0, width))
        this.stores.text({
          base,
          displacement: ins.displacement,
          bytes: Buffer.from(registers.bytes[ins.reg]!.subarray(0, width)),
          at: -1,
          address,
        });
    }
  }

  /** `mov r/m, imm` */
  storeImmediate(ins: Instruction, code: Buffer, address: number): void {
    const value = ins.immediateSize === 4 ? int32(code, ins.immediateAt) : 0;
    if (ins.mod === 3) {
      if (ins.opcode === 0xc7) this.registers.setNumber(ins.rm, value, value < 0 ? -1 : 0);
      else this.registers.clobber(ins.rm);
      this.proximity.number(value);
      return;
    }
    if (ins.base === NO_BASE || ins.base === RIP) return;
    const base = this.registers.identity[ins.base]!;
    if (ins.wide) {
      if (value > 0) this.stores.number(base, ins.displacement, value);
      this.proximity.number(value);
      return;
    }
    const end = ins.immediateAt + ins.immediateSize;
    if (!isPrintable(code, ins.immediateAt, end)) return;
    const bytes = Buffer.from(code.subarray(ins.immediateAt, end));
    this.stores.text({ base, displacement: ins.displacement, bytes, at: -1, address });
  }

  /** A vector register is loaded with `width` bytes. */
  loadVector(ins: Instruction, address: number, width: number): void {
    const registers = this.registers;
    if (ins.mod === 3) {
      registers.setVector(ins.reg, registers.vector[ins.rm]!, registers.vectorBytes[ins.rm]!);
      return;
    }
    const at = this.constant(ins, address);
    if (at >= 0 && width >= 8) this.proximity.vectorRead(at, width);
    registers.setVector(ins.reg, at, width);
  }

  /** `width` bytes of a vector register are stored. */
  storeVector(ins: Instruction, address: number, width: number): void {
    const registers = this.registers;
    if (ins.mod === 3) {
      registers.clobberVector(ins.rm);
      return;
    }
    const at = registers.vector[ins.reg]!;
    if (at < 0 || width > registers.vectorBytes[ins.reg]! || ins.base === NO_BASE || ins.base === RIP) return;
    if (!isPrintable(this.#literals.bytes, at, at + width)) return;
    const bytes = this.#literals.bytes.subarray(at, at + width);
    const base = registers.identity[ins.base]!;
    this.stores.text({ base, displacement: ins.displacement, bytes, at, address });
  }

  #pair(addressRegister: number, lengthRegister: number): void {
    const { kind, value } = this.registers;
    if (kind[addressRegister] === ADDRESS && kind[lengthRegister] === NUMBER)
      this.proximity.pair(value[addressRegister]!, value[lengthRegister]!);
  }

  #pairArguments(): void {
    for (let i = 1; i < this.#arguments.length; i++) this.#pair(this.#arguments[i - 1]!, this.#arguments[i]!);
  }

  /** The call of a function. */
  call(): void {
    this.#pairArguments();
    this.stores.flush();
    const { kind, value } = this.registers;
    // If it is an allocator, what it returns has the size that is its first argument.
    const allocated = kind[RDI] === NUMBER ? value[RDI]! : 0;
    this.registers.clobberCallerSaved();
    if (allocated > 0 && allocated <= LITERAL_BYTES) this.stores.allocate(this.registers.identity[RAX]!, allocated);
  }

  /** A return, or a jump that always leaves this code; it may call another function last. */
  leave(isReturn: boolean): void {
    this.#pair(RAX, RDX);
    if (!isReturn) this.#pairArguments();
    this.stores.flush();
    this.registers.clobberAll();
  }
}
