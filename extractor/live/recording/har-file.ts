import { ftruncateSync, writeSync } from "node:fs";

const HEAD = '{"log":{"version":"1.2","creator":{"name":"endpoint-extractor","version":"1"},"entries":[';

/**
 * A HAR file that is valid after every write, however the program ends: an entry and the end of the file go out in one write,
 * over the end that stood there.
 */
export class HarFile {
  readonly #descriptor: number;
  #entries = 0;
  #at = HEAD.length;

  /** @param descriptor of an open, empty file */
  constructor(descriptor: number) {
    this.#descriptor = descriptor;
    ftruncateSync(descriptor, 0);
    this.#write(HEAD, 0, {});
  }

  append(entry: object): void {
    const text = `${this.#entries++ === 0 ? "" : ","}\n${JSON.stringify(entry)}`;
    this.#at += this.#write(text, this.#at, {});
  }

  /** Puts what was seen besides requests behind the entries, as a private member of the log. */
  finish(about: object): void {
    this.#write("", this.#at, about);
  }

  /** Bytes of the text alone. */
  #write(text: string, at: number, about: object): number {
    const tail = `\n]${Object.entries(about)
      .map(([key, value]) => `,${JSON.stringify(key)}:${JSON.stringify(value)}`)
      .join("")}}}\n`;
    const bytes = Buffer.from(text + tail);
    for (let done = 0; done < bytes.length; )
      done += writeSync(this.#descriptor, bytes, done, bytes.length - done, at + done);
    return Buffer.byteLength(text);
  }
}
