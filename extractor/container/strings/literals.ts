import { isUtf8 } from "node:buffer";
import type { Region } from "./image.ts";

/** Strings longer than this are embedded files. */
export const LITERAL_BYTES = 64 << 10;

/** Bytes looked at before it ends: real programs need a tenth of it, one made to keep us busy could want any number. */
const WORK_BYTES = 2 ** 32;

/**
 * The constants of a binary with every place where a string is known to begin or end. Rust's and Go's strings have no
 * terminator: where the next one begins is often the only sign of where one ends.
 */
export class Literals {
  readonly bytes: Buffer;
  readonly address: number;
  readonly offset: number;
  readonly #boundaries: Uint8Array;
  #workLeft = WORK_BYTES;

  constructor(constants: Region) {
    this.bytes = constants.bytes;
    this.address = constants.address;
    this.offset = constants.offset;
    this.#boundaries = new Uint8Array(constants.bytes.length + 1);
  }

  /** Position of an address in the constants, -1 outside. */
  position(address: number): number {
    const at = address - this.address;
    return at >= 0 && at < this.bytes.length ? at : -1;
  }

  /** There was more to look at than any real program has: what was found so far is all. */
  get isExhausted(): boolean {
    return this.#workLeft < 0;
  }

  addBoundary(at: number): void {
    this.#boundaries[at] = 1;
  }

  isBoundary(at: number): boolean {
    return this.#boundaries[at] === 1;
  }

  /** The first boundary after `at`. */
  nextBoundary(at: number): number {
    const next = this.#boundaries.indexOf(1, at + 1);
    return next < 0 ? this.bytes.length : next;
  }

  /** The text of a range, or null where it isn't UTF-8 text without control characters. */
  text(at: number, length: number): string | null {
    if (length < 1 || length > LITERAL_BYTES || at < 0 || at + length > this.bytes.length) return null;
    if (this.isExhausted) return null;
    this.#workLeft -= length;
    for (let i = at; i < at + length; i++) {
      const byte = this.bytes[i]!;
      if (byte < 0x20 ? byte !== 9 && byte !== 10 && byte !== 13 && byte !== 27 : byte === 0x7f) return null;
    }
    const slice = this.bytes.subarray(at, at + length);
    return isUtf8(slice) ? slice.toString("utf8") : null;
  }
}
