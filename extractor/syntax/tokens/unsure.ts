/** The text cannot be cut with certainty: `at` is the offset where that became clear. */
export class Unsure extends Error {
  readonly at: number;

  constructor(at: number, why: string) {
    super(why);
    this.at = at;
  }
}
