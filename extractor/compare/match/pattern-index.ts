import type { Pattern } from "./pattern.ts";
import type { RequestTarget } from "./target.ts";

/** Patterns by their longest literal segment, which any path that fits must have: of hundreds, few have to be tried. */
export class PatternIndex {
  readonly #bySegment = new Map<string, Pattern[]>();
  /** Their paths have no whole segment without a hole. */
  readonly #others: Pattern[] = [];

  add(pattern: Pattern): void {
    const key = pattern.literalSegments.reduce((longest, one) => (one.length > longest.length ? one : longest), "");
    const list = key === "" ? this.#others : (this.#bySegment.get(key) ?? []);
    list.push(pattern);
    if (key !== "") this.#bySegment.set(key, list);
  }

  /** Those that may fit, in no order. */
  candidates({ path, decodedPath }: RequestTarget): Pattern[] {
    const found = [...this.#others];
    const paths = decodedPath === null ? [path] : [path, decodedPath];
    for (const segment of new Set(paths.flatMap((one) => one.split("/")))) {
      const list = this.#bySegment.get(segment);
      if (list !== undefined) found.push(...list);
    }
    return found;
  }

  all(): Pattern[] {
    return [...this.#others, ...[...this.#bySegment.values()].flat()];
  }
}
