/** What one request holds. */
export interface Share {
  /** @returns false where there is no room for so many bytes, nor for any after them */
  take(bytes: number): boolean;
  /** Gives all of it back. */
  release(): void;
}

/**
 * Bytes that requests under way hold together. A program may begin any number of them and end none, so what is beyond
 * is answered all the same and cut in the record.
 */
export class Held {
  readonly #most: number;
  #bytes = 0;
  #cut = 0;

  /** @param most in bytes */
  constructor(most: number) {
    this.#most = most;
  }

  /** Requests that stand in the record without their end, for want of room. */
  get cut(): number {
    return this.#cut;
  }

  share(): Share {
    let [own, isCut] = [0, false];
    return {
      take: (bytes) => {
        if (isCut) return false;
        if (this.#bytes + bytes > this.#most) {
          isCut = true;
          this.#cut++;
          return false;
        }
        own += bytes;
        this.#bytes += bytes;
        return true;
      },
      release: () => {
        this.#bytes -= own;
        own = 0;
      },
    };
  }
}
