import { expect, test } from "vitest";
import { isPassThrough } from "../../../extractor/find/calls/pass-through.ts";
import { programOf } from "../find-in.ts";

const TEXT = `
  function plain(x) { return x }
  function through(x) { return plain(x) }
  function either(x, yes) { if (yes) return plain(x); return x }
  function changed(x) { return x + "s" }
  function noisy(x) { console.log(x); return x }
  function silent(x) { queue.push(x) }
  function loop(x) { return loop(x) }
`;

test("functions that yield what they are told, and do nothing else", () => {
  const yes = programOf(TEXT)
    .units.flatMap((u) => u.functions)
    .filter((f) => isPassThrough(f, 0));
  expect(yes.map(({ name }) => name)).toEqual(["plain", "through", "either"]);
});
