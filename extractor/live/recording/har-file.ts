import { ftruncateSync, writeSync } from "node:fs";

const HEAD = '{"log":{"version":"1.2","creator":{"name":"endpoint-extractor","version":"1"},"entries":[';

/**
 * A HAR file that is valid after every write, however the program ends: an entry and the end of the file go out in
 * one write, over the end that stood there.
 */
export class HarFile {
  readonly #descriptor: number;
  #entries = 0;
  #at = HEAD.length;

  /** @param descriptor of a file that was begun */
  constructor(descriptor: number) {
    this.#descriptor = descriptor;
  }

  /** Makes an open file one without entries. What stood there is cut off last, so that it is never empty. */
  static begin(descriptor: number): void {
    const length = write(descriptor, HEAD + end({}), 0);
    ftruncateSync(descriptor, length);
  }

  get bytes(): number {
    return this.#at;
  }

  append(entry: object): void {
    const text = `${this.#entries++ === 0 ? "" : ","}\n${JSON.stringify(entry)}`;
    write(this.#descriptor, text + end({}), this.#at);
    this.#at += Buffer.byteLength(text);
  }

  /** Puts what was seen besides requests behind the entries, as a private member of the log. */
  finish(about: object): void {
    write(this.#descriptor, end(about), this.#at);
  }
}

const end = (about: object): string =>
  `\n]${Object.entries(about)
    .map(([key, value]) => `,${JSON.stringify(key)}:${JSON.stringify(value)}`)
    .join("")}}}\n`;

/** @returns bytes written */
function write(descriptor: number, text: string, at: number): number {
  const bytes = Buffer.from(text);
  for (let done = 0; done < bytes.length; ) done += writeSync(descriptor, bytes, done, bytes.length - done, at + done);
  return bytes.length;
}
