import { expect, test } from "vitest";
import { CacheKey, ProgramCache } from "../../extractor/ir/program-cache.ts";
import { programOf } from "../find/find-in.ts";

const names = new CacheKey<object, string>();
const sizes = new CacheKey<object, number>();
const thing = {};

test("each key has a table of its own, which stays the same", () => {
  const cache = new ProgramCache();
  cache.of(names).set(thing, "thing");
  expect(cache.of(names).get(thing)).toBe("thing");
  expect(cache.of(sizes).get(thing)).toBeUndefined();
});

test("two programs share nothing", () => {
  const [one, other] = [programOf("const a = 1;"), programOf("const a = 1;")];
  one.cache.of(names).set(thing, "one");
  expect(other.cache.of(names).get(thing)).toBeUndefined();
});
