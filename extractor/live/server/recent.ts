/**
 * Values by name, made when they are first asked for. Above a number of them the one that was not used for longest
 * goes.
 */
export class Recent<Value> {
  readonly #values = new Map<string, Value>();
  readonly #most: number;

  constructor(most: number) {
    this.#most = most;
  }

  /** @param make called where there is none, or none any more */
  of(name: string, make: () => Value): Value {
    const known = this.#values.get(name);
    this.#values.delete(name);
    const value = known ?? make();
    this.#values.set(name, value);
    if (this.#values.size > this.#most) {
      const [oldest] = this.#values.keys();
      this.#values.delete(oldest!);
    }
    return value;
  }
}
