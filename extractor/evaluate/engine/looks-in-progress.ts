import { BOUNDS } from "./bounds.ts";

/** A look into a value for a member; `closure` is what the value is made of, as others may be too. */
interface LookInProgress {
  value: object;
  closure: object;
  key: string;
  /** Of the evaluation that began it. */
  depth: number;
}

/** What is being looked into, outermost first. */
export class LooksInProgress {
  readonly #looks: LookInProgress[] = [];

  get count(): number {
    return this.#looks.length;
  }

  /** The depth at which the same look began; null where it isn't in progress. */
  beganAt(value: object, closure: object, key: string): number | null {
    let copies = 0;
    for (const { closure: c, value: v, key: k, depth } of this.#looks) {
      if (c !== closure || k !== key) continue;
      // `client.with(a).with(b)`: made by another call of the same method
      if (isMadeByOtherCall(v, value) && ++copies < BOUNDS.recursion) continue;
      return depth;
    }
    return null;
  }

  within<T>(look: LookInProgress, question: () => T): T {
    this.#looks.push(look);
    try {
      return question();
    } finally {
      this.#looks.pop();
    }
  }
}

const isMadeByOtherCall = (a: object, b: object): boolean =>
  ("env" in a && "env" in b && a.env !== null && b.env !== null && a.env !== b.env) ||
  ("args" in a && "args" in b && a.args !== b.args);
