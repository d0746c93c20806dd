import { CaptureDamage } from "./damage.ts";

/** Longer strings are left out of a slice: bodies of that size hold no event, and memory must stay constant. */
const MAX_STRING_BYTES = 8 << 20;
/** No capture nests deeper; without a bound, a file of brackets would fill memory. */
const MAX_DEPTH = 1000;
/** An element of more bytes (without its longest strings) is not kept. */
const MAX_ELEMENT_BYTES = 32 << 20;

export interface JsonSlice {
  /** Offset of its first byte. */
  byte: number;
  /** Null where the element was larger than the bound. */
  text: string | null;
  /** Strings that were left out; each became `""`. */
  omitted: number;
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const OPEN_BRACE = 0x7b;
const OPEN_BRACKET = 0x5b;
const CLOSE_BRACE = 0x7d;
const CLOSE_BRACKET = 0x5d;

/**
 * The objects in the array found at `path` of a JSON document, one by one and as text. Bytes are looked at once and
 * nothing is parsed, so that a gigabyte is read in seconds and in constant memory.
 * @throws CaptureDamage where the document ends before it is complete, or has no such array.
 */
export async function* sliceJson(chunks: AsyncIterable<Buffer>, path: readonly string[]): AsyncGenerator<JsonSlice> {
  const scanner = new Scanner(path);
  for await (const chunk of chunks) {
    scanner.feed(chunk);
    yield* scanner.take();
  }
  scanner.end();
}

class Scanner {
  readonly #path: readonly string[];
  #offset = 0;
  /** One entry per open container: the key under which it stands. */
  readonly #keys: string[] = [];
  readonly #closers: number[] = [];
  #key = "";
  #inString = false;
  /** The last byte of the chunk before was a backslash. */
  #escaped = false;
  #stringBytes = 0;
  /** Text of a string outside elements: it may be a key of the path. */
  #name: Buffer[] | null = null;
  #arraySeen = false;
  #element: Element | null = null;
  #finished: JsonSlice[] = [];

  constructor(path: readonly string[]) {
    this.#path = path;
  }

  *take(): Generator<JsonSlice> {
    const slices = this.#finished;
    this.#finished = [];
    yield* slices;
  }

  end(): void {
    if (this.#closers.length > 0 || this.#inString)
      throw new CaptureDamage("the file ends inside the document", this.#offset);
    if (!this.#arraySeen) throw new CaptureDamage(`the document has no array ${this.#path.join(".")}`, this.#offset);
  }

  feed(chunk: Buffer): void {
    let i = 0;
    this.#element?.resume();
    while (i < chunk.length) i = this.#inString ? this.#string(chunk, i) : this.#structure(chunk, i);
    this.#element?.pause(chunk, this.#inString ? this.#stringBytes : null);
    this.#offset += chunk.length;
  }

  /** From inside a string to behind its closing quote, or to the end of the chunk. */
  #string(chunk: Buffer, from: number): number {
    let at = this.#escaped ? from + 1 : from;
    this.#escaped = false;
    while (at < chunk.length && chunk[at] !== QUOTE) at += chunk[at] === BACKSLASH ? 2 : 1;
    this.#escaped = at > chunk.length;
    const end = Math.min(at, chunk.length);
    this.#stringBytes += end - from;
    if (this.#name !== null && this.#stringBytes < 256) this.#name.push(chunk.subarray(from, end));
    if (at >= chunk.length) return end;
    this.#inString = false;
    this.#element?.endString(end);
    if (this.#name !== null) this.#key = Buffer.concat(this.#name).toString("utf8");
    this.#name = null;
    return end + 1;
  }

  #structure(chunk: Buffer, from: number): number {
    for (let i = from; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (byte === QUOTE) {
        this.#inString = true;
        this.#escaped = false;
        this.#stringBytes = 0;
        this.#name = this.#element === null ? [] : null;
        this.#element?.beginString(i + 1);
        return i + 1;
      }
      if (byte === OPEN_BRACE || byte === OPEN_BRACKET) this.#open(byte, i);
      else if (byte === CLOSE_BRACE || byte === CLOSE_BRACKET) this.#close(chunk, byte, i);
    }
    return chunk.length;
  }

  #open(byte: number, i: number): void {
    if (this.#element === null && byte === OPEN_BRACE && this.#inArray()) {
      this.#element = new Element(this.#offset + i, i, this.#closers.length);
    }
    // Elements of an array stand under no key, or a list of lists would be taken for a path.
    const inArray = this.#closers.at(-1) === CLOSE_BRACKET;
    if (this.#closers.length >= MAX_DEPTH) throw new CaptureDamage("nested too deeply", this.#offset + i);
    this.#keys.push(inArray ? "" : this.#key);
    this.#key = "";
    this.#closers.push(byte === OPEN_BRACE ? CLOSE_BRACE : CLOSE_BRACKET);
    if (this.#inArray()) this.#arraySeen = true;
  }

  #inArray(): boolean {
    return (
      this.#keys.length === this.#path.length + 1 &&
      this.#closers.at(-1) === CLOSE_BRACKET &&
      this.#path.every((key, level) => this.#keys[level + 1] === key)
    );
  }

  #close(chunk: Buffer, byte: number, i: number): void {
    if (this.#closers.pop() !== byte) {
      throw new CaptureDamage(`unexpected ${String.fromCharCode(byte)}`, this.#offset + i);
    }
    this.#keys.pop();
    if (this.#element === null || this.#element.depth !== this.#closers.length) return;
    this.#finished.push(this.#element.finish(chunk, i + 1));
    this.#element = null;
  }
}

/** The bytes of one element, collected over chunks. */
class Element {
  readonly byte: number;
  readonly depth: number;
  #parts: Buffer[] = [];
  #length = 0;
  /** Where in the current chunk what isn't in `parts` yet begins. */
  #from: number;
  /** Where in the current chunk the current string begins; -1 where it began before. */
  #stringFrom = -1;
  /** Parts before the current string, where it began in an earlier chunk. */
  #beforeString = 0;
  #omitting = false;
  #omitted = 0;

  constructor(byte: number, from: number, depth: number) {
    this.byte = byte;
    this.#from = from;
    this.depth = depth;
  }

  beginString(from: number): void {
    this.#stringFrom = from;
  }

  endString(quote: number): void {
    if (this.#omitting) this.#from = quote;
    this.#omitting = false;
  }

  /** The chunk ends. @param stringBytes read so far of the string in which it ends */
  pause(chunk: Buffer, stringBytes: number | null): void {
    if (this.#omitting) return;
    if (stringBytes === null) {
      this.#push(chunk.subarray(this.#from));
      return;
    }
    if (this.#stringFrom >= 0) {
      this.#push(chunk.subarray(this.#from, this.#stringFrom));
      this.#beforeString = this.#parts.length;
    }
    this.#push(chunk.subarray(Math.max(0, this.#stringFrom)));
    if (stringBytes > MAX_STRING_BYTES) this.#omit();
  }

  resume(): void {
    this.#from = 0;
    this.#stringFrom = -1;
  }

  #omit(): void {
    this.#omitting = true;
    this.#omitted++;
    for (const part of this.#parts.splice(this.#beforeString)) this.#length -= part.length;
  }

  finish(chunk: Buffer, end: number): JsonSlice {
    this.#push(chunk.subarray(this.#from, end));
    if (this.#length > MAX_ELEMENT_BYTES) return { byte: this.byte, text: null, omitted: this.#omitted };
    const whole = this.#parts.length === 1 ? this.#parts[0]! : Buffer.concat(this.#parts);
    return { byte: this.byte, text: whole.toString("utf8"), omitted: this.#omitted };
  }

  #push(part: Buffer): void {
    this.#length += part.length;
    if (this.#length <= MAX_ELEMENT_BYTES) this.#parts.push(part);
    else this.#parts = [];
  }
}
