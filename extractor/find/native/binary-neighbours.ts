import type { BinaryString } from "../../model/binary-string.ts";

/** Code that builds one request, its URL first, and its headers. In bytes. */
const REQUEST_REACH = 512;
/** Code that puts a value behind its name. */
const PAIR_REACH = 96;

const HEADER = /^(?:x-[a-z0-9-]+|authorization|[a-z0-9]+(?:-[a-z0-9]+)*-(?:key|token|secret|auth))$/i;
const OPTION = /^[a-z][a-z0-9_]*$/i;
const KEY_NAME = /key|token|secret|auth|dsn/i;
/** Long, without spaces, letters and digits mixed, as a UUID is; a name of words has fewer digits. */
const KEY = /^(?=(?:.*[0-9]){3})(?=.*[A-Za-z])[A-Za-z0-9_-]{20,512}$/;

export interface NamedKey {
  /** `header NAME` or `option NAME`. */
  sentAs: string;
  value: BinaryString;
}

/** What stands together in the code of a binary: only strings that code builds or points at have a place there. */
export class CodeNeighbours {
  /** By ascending place. */
  readonly #placed: { at: number; text: string; string: BinaryString }[];

  constructor(strings: readonly BinaryString[]) {
    this.#placed = strings
      .flatMap((string) => {
        const [text] = string.pieces;
        if (string.code === undefined || string.pieces.length !== 1 || typeof text !== "string") return [];
        return string.confidence === "low" ? [] : [{ at: string.code, text, string }];
      })
      .sort((a, b) => a.at - b.at);
  }

  /** Header names behind a URL, up to the next URL. */
  headersOf(url: BinaryString): string[] {
    const headers = new Set<string>();
    for (const { text } of this.#behind(url, REQUEST_REACH)) {
      if (/^https?:/.test(text)) break;
      if (HEADER.test(text)) headers.add(text);
    }
    return [...headers];
  }

  /** Keys of the request a URL is for. */
  keysOf(url: BinaryString): NamedKey[] {
    const found: NamedKey[] = [];
    for (const { text, string } of this.#behind(url, REQUEST_REACH)) {
      if (/^https?:/.test(text)) break;
      if (HEADER.test(text)) found.push(...this.#valuesBehind(string, `header ${text}`));
    }
    return found;
  }

  /** Every key that stands right behind a name for one. */
  keys(): NamedKey[] {
    return this.#placed.flatMap(({ text, string }) => {
      if (HEADER.test(text)) return this.#valuesBehind(string, `header ${text}`);
      return OPTION.test(text) && KEY_NAME.test(text) ? this.#valuesBehind(string, `option ${text}`) : [];
    });
  }

  #valuesBehind(name: BinaryString, sentAs: string): NamedKey[] {
    const found: NamedKey[] = [];
    for (const { text, string } of this.#behind(name, PAIR_REACH)) {
      if (KEY.test(text) && !HEADER.test(text)) found.push({ sentAs, value: string });
      else if (HEADER.test(text) || OPTION.test(text)) break;
    }
    return found;
  }

  *#behind(string: BinaryString, reach: number) {
    if (string.code === undefined) return;
    let low = 0;
    for (let high = this.#placed.length; low < high; ) {
      const middle = (low + high) >> 1;
      if (this.#placed[middle]!.at <= string.code) low = middle + 1;
      else high = middle;
    }
    for (; low < this.#placed.length && this.#placed[low]!.at <= string.code + reach; low++) yield this.#placed[low]!;
  }
}
