/** What a general register holds, as far as the strings need it. */
const UNKNOWN = 0;
/** A number known at compile time. */
export const NUMBER = 1;
/** The address of a position in the constants. */
export const ADDRESS = 2;

/** The 16 general and 16 vector registers, followed through straight code. */
export class Registers {
  readonly kind = new Uint8Array(16);
  /** The number (its low 53 bits at most), or the position. */
  readonly value = new Float64Array(16);
  /** The number's eight bytes. */
  readonly bytes: Buffer[] = Array.from({ length: 16 }, () => Buffer.alloc(8));
  /** Value numbers: two registers with one number hold the same, whatever it is. */
  readonly identity = new Int32Array(16);
  /** Position of the constant in a vector register, -1 for unknown, and how many bytes of it. */
  readonly vector = new Int32Array(16).fill(-1);
  readonly vectorBytes = new Uint8Array(16);
  #next = 1;

  /** Something unknown is written to a register. Returns its value number. */
  clobber(register: number): number {
    this.kind[register] = UNKNOWN;
    this.identity[register] = this.#next;
    this.#next = (this.#next + 1) & 0x3fffffff;
    return this.identity[register]!;
  }

  setNumber(register: number, low: number, high: number): void {
    this.clobber(register);
    this.kind[register] = NUMBER;
    this.value[register] = high === 0 ? low >>> 0 : Number.NaN;
    this.bytes[register]!.writeInt32LE(low | 0, 0);
    this.bytes[register]!.writeInt32LE(high | 0, 4);
  }

  setAddress(register: number, at: number): void {
    this.clobber(register);
    this.kind[register] = ADDRESS;
    this.value[register] = at;
  }

  copy(from: number, to: number): void {
    this.kind[to] = this.kind[from]!;
    this.value[to] = this.value[from]!;
    this.bytes[from]!.copy(this.bytes[to]!);
    this.identity[to] = this.identity[from]!;
  }

  setVector(register: number, at: number, bytes: number): void {
    this.vector[register] = at;
    this.vectorBytes[register] = bytes;
  }

  clobberVector(register: number): void {
    this.vector[register] = -1;
  }

  /** A call leaves the callee-saved registers alone: rbx, rbp, rsp, r12 to r15. */
  clobberCallerSaved(): void {
    for (const register of [0, 1, 2, 6, 7, 8, 9, 10, 11]) this.clobber(register);
    this.vector.fill(-1);
  }

  clobberAll(): void {
    for (let register = 0; register < 16; register++) this.clobber(register);
    this.vector.fill(-1);
  }
}
