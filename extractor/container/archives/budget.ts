import { ExtractorError } from "../../errors.ts";
import type { ReadLimits } from "../limits.ts";

/** Counts what one artifact unpacks to. */
export class Budget {
  readonly #limits: ReadLimits;
  #entries = 0;
  #bytes = 0;

  constructor(limits: ReadLimits) {
    this.#limits = limits;
  }

  /** @throws ExtractorError `bad-archive` beyond `maxEntries` */
  addEntry(): void {
    if (++this.#entries > this.#limits.maxEntries) throw refused(`more than ${this.#limits.maxEntries} entries`);
  }

  /** @throws ExtractorError `bad-archive` beyond `maxBytes` */
  addBytes(bytes: number): void {
    this.#bytes += bytes;
    if (this.#bytes > this.#limits.maxBytes) throw refused(`more than ${this.#limits.maxBytes} bytes unpacked`);
  }
}

function refused(what: string): ExtractorError {
  return new ExtractorError("bad-archive", `refused to read on: ${what}`, {
    hint: "such a package is a bomb or a mistake; raise the limit only if you trust it",
  });
}
