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
 * The objects in the array found at `path` of a JSON document, one by one and as text. Only the structure is scanned, byte by
 * byte outside strings and with a native search inside them, so that a gigabyte is read in seconds and in constant memory.
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
  #oddBackslashes = false;
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
    this.#element?.resume(0);
    while (i < chunk.length) i = this.#inString ? this.#string(chunk, i) : this.#structure(chunk, i);
    this.#element?.pause(chunk, chunk.length);
    this.#offset += chunk.length;
  }

  /** From inside a string to behind its closing quote, or to the end of the chunk. */
  #string(chunk: Buffer, from: number): number {
    let at = from;
    for (;;) {
      const quote = chunk.indexOf(QUOTE, at);
      const end = quote === -1 ? chunk.length : quote;
      const escaped = this.#endsEscaped(chunk, from, end);
      if (quote === -1) {
        this.#oddBackslashes = escaped;
        this.#stringPart(chunk, from, end);
        return end;
      }
      if (!escaped) {
        this.#stringPart(chunk, from, end);
        this.#closeString(chunk, end);
        return end + 1;
      }
      at = end + 1;
    }
  }

  #endsEscaped(chunk: Buffer, from: number, end: number): boolean {
    let backslashes = 0;
    while (end - backslashes > from && chunk[end - 1 - backslashes] === BACKSLASH) backslashes++;
    const carried = end - backslashes === from && this.#oddBackslashes ? 1 : 0;
    return (backslashes + carried) % 2 === 1;
  }

  #stringPart(chunk: Buffer, from: number, end: number): void {
    this.#stringBytes += end - from;
    if (this.#name !== null && this.#stringBytes < 256) this.#name.push(chunk.subarray(from, end));
    if (this.#stringBytes > MAX_STRING_BYTES) this.#element?.omitString();
  }

  #closeString(chunk: Buffer, quote: number): void {
    this.#inString = false;
    this.#element?.endString(chunk, quote);
    if (this.#name !== null) this.#key = Buffer.concat(this.#name).toString("utf8");
    this.#name = null;
  }

  #structure(chunk: Buffer, from: number): number {
    for (let i = from; i < chunk.length; i++) {
      const byte = chunk[i]!;
      if (byte === QUOTE) {
        this.#inString = true;
        this.#oddBackslashes = false;
        this.#stringBytes = 0;
        this.#name = this.#element === null ? [] : null;
        this.#element?.beginString(chunk, i + 1);
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
  #from: number;
  #omitting = false;
  #omitted = 0;
  /** Number of parts before the current string, to forget it. */
  #beforeString = 0;

  constructor(byte: number, from: number, depth: number) {
    this.byte = byte;
    this.#from = from;
    this.depth = depth;
  }

  resume(from: number): void {
    this.#from = from;
  }

  pause(chunk: Buffer, end: number): void {
    if (!this.#omitting) this.#push(chunk.subarray(this.#from, end));
    this.#from = end;
  }

  beginString(chunk: Buffer, from: number): void {
    this.pause(chunk, from);
    this.#beforeString = this.#parts.length;
  }

  omitString(): void {
    if (this.#omitting) return;
    this.#omitting = true;
    this.#omitted++;
    for (const part of this.#parts.splice(this.#beforeString)) this.#length -= part.length;
  }

  endString(chunk: Buffer, quote: number): void {
    this.pause(chunk, quote);
    this.#omitting = false;
  }

  finish(chunk: Buffer, end: number): JsonSlice {
    this.pause(chunk, end);
    const kept = this.#length <= MAX_ELEMENT_BYTES;
    return { byte: this.byte, text: kept ? Buffer.concat(this.#parts).toString("utf8") : null, omitted: this.#omitted };
  }

  #push(part: Buffer): void {
    this.#length += part.length;
    if (this.#length <= MAX_ELEMENT_BYTES) this.#parts.push(part);
    else this.#parts = [];
  }
}
