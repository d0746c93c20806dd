/**
 * One copy of each name and text of a program: names are mentioned a dozen times each. It is a copy because what a
 * parser cuts out of a file is a view that keeps the whole file alive.
 */
export class Texts {
  readonly #known = new Map<string, string>();

  own(text: string): string {
    let known = this.#known.get(text);
    if (known === undefined) {
      known = Buffer.from(text, "utf16le").toString("utf16le");
      this.#known.set(known, known);
    }
    return known;
  }
}
