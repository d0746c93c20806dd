import { beforeEach, describe, expect, test } from "vitest";
import { type Entry, ProvisionalResults, SETTLED } from "../../../extractor/evaluate/engine/provisional-results.ts";

const [a, b, c] = [{ name: "a" }, { name: "b" }, { name: "c" }];
let progress: ProvisionalResults;
let memo: Map<object, Entry>;

/** Evaluates what stands for `key`; `inside` runs while it is in progress. */
function evaluate(key: object, inside: () => void = () => {}): void {
  const entry = progress.start();
  memo.set(key, entry);
  inside();
  progress.finish(entry, [], memo, key);
}

/** Meets the entry of `key`, whatever state it is in. */
const meet = (key: object): void => progress.leanOn(memo.get(key)!.lowLink);

beforeEach(() => {
  progress = new ProvisionalResults();
  memo = new Map();
});

describe("evaluations inside each other", () => {
  test("without a circle every result holds", () => {
    evaluate(a, () => evaluate(b, () => evaluate(c)));
    expect([...memo.values()].map(({ lowLink }) => lowLink)).toEqual([SETTLED, SETTLED, SETTLED]);
  });

  test("depth counts those in progress", () => {
    const depths: number[] = [];
    evaluate(a, () => {
      depths.push(progress.depth);
      evaluate(b, () => depths.push(progress.depth));
      depths.push(progress.depth);
    });
    expect([...depths, progress.depth]).toEqual([1, 2, 1, 0]);
  });

  test("what leans on one in progress is provisional, and forgotten when that one is done", () => {
    evaluate(a, () => {
      evaluate(b, () => meet(a));
      expect(memo.get(b)).toEqual({ values: [], lowLink: 1 });
    });
    expect([...memo.keys()]).toEqual([a]);
    expect(memo.get(a)!.lowLink).toBe(SETTLED);
  });

  test("what leans on a provisional result leans on the same", () => {
    evaluate(a, () => {
      evaluate(b, () => meet(a));
      evaluate(c, () => meet(b));
      expect(memo.get(c)!.lowLink).toBe(1);
    });
    expect([...memo.keys()]).toEqual([a]);
  });

  test("a circle inside holds once its own outermost evaluation is done", () => {
    evaluate(a, () => {
      evaluate(b, () => evaluate(c, () => meet(b)));
      expect([...memo.keys()]).toEqual([a, b]);
      expect(memo.get(b)!.lowLink).toBe(SETTLED);
    });
  });

  test("the outermost of several counts", () => {
    evaluate(a, () => {
      evaluate(b, () =>
        evaluate(c, () => {
          meet(b);
          meet(a);
        }),
      );
      expect([...memo.keys()]).toEqual([a, b, c]);
      expect(memo.get(b)!.lowLink).toBe(1);
    });
    expect([...memo.keys()]).toEqual([a]);
  });

  test("one that leans on itself holds", () => {
    evaluate(a, () => meet(a));
    expect(memo.get(a)!.lowLink).toBe(SETTLED);
  });
});

/** Begins an evaluation that a bound cuts short. */
function cutShort(key: object): Entry {
  const entry = progress.start();
  memo.set(key, entry);
  progress.leanOnQuestion();
  return entry;
}

describe("bounds", () => {
  test("what was cut short lasts for the question, and no longer", () => {
    evaluate(a, () => evaluate(b, () => progress.leanOnQuestion()));
    expect([...memo.keys()]).toEqual([a, b]);
    progress.end();
    expect([...memo.keys()]).toEqual([]);
  });

  test("what is known of a costly one stays, and those around it go with the question", () => {
    evaluate(a, () => {
      const entry = cutShort(b);
      progress.keepCut(entry);
      progress.finish(entry, [], memo, b);
      progress.leanOnQuestion();
    });
    progress.end();
    expect([...memo.keys()]).toEqual([b]);
  });

  test("but not where it leans on one in progress", () => {
    evaluate(a, () => {
      const entry = cutShort(b);
      meet(a);
      progress.keepCut(entry);
      progress.finish(entry, [], memo, b);
    });
    progress.end();
    expect(memo.has(b)).toBe(false);
  });

  test("evaluations that ended without a result leave the one around them provisional", () => {
    evaluate(a, () => {
      progress.start();
      progress.start();
      progress.abandon(1);
      expect(progress.depth).toBe(1);
    });
    expect(memo.get(a)!.lowLink).toBe(0);
    progress.end();
    expect(memo.size).toBe(0);
  });
});

describe("looks", () => {
  const seen = new Map<unknown, unknown>();

  test("one that leans on an evaluation in progress goes with it", () => {
    evaluate(a, () => {
      const outer = progress.startLook();
      meet(a);
      seen.set("key", 1);
      progress.keepLook(seen, "key");
      progress.endLook(outer);
      expect(progress.isProvisional).toBe(true);
    });
    expect(seen.size).toBe(0);
  });

  test("one that leans on nothing stays, and so does what was leant on before it", () => {
    evaluate(a, () => {
      meet(a);
      const outer = progress.startLook();
      expect(progress.isProvisional).toBe(false);
      seen.set("key", 1);
      progress.keepLook(seen, "key");
      progress.endLook(outer);
      expect(progress.lowLink).toBe(1);
    });
    expect(seen.size).toBe(1);
  });
});
