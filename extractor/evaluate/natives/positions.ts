import { type Argument, type ArrayValue, arrayOf, scalar, type Values } from "../domain/value.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { elementsOf, itemsOf } from "../objects/array.ts";
import { membersAt } from "../objects/member.ts";
import { argument } from "../transfer/compute.ts";

/** `list.slice(a, b)`: exact where the list and both ends are known. */
export function sliced(ev: Evaluator, o: ArrayValue, args: readonly Argument[]): ArrayValue {
  const { items, exact } = itemsOf(ev, o);
  const [from, to] = [0, 1].map((i) => (i < args.length ? argument(ev, args, i) : [scalar(undefined)]));
  const numbers = [from, to].map((values) => {
    const [only] = values!;
    return values!.length === 1 &&
      only?.kind === "scalar" &&
      (only.value === undefined || typeof only.value === "number")
      ? { n: only.value }
      : null;
  });
  if (!exact || numbers.includes(null)) return arrayOf(items, true);
  return arrayOf(items.slice(numbers[0]!.n, numbers[1]!.n));
}

/** `list.splice(from, count)`: what it takes out. */
export function spliced(ev: Evaluator, o: ArrayValue, args: readonly Argument[]): ArrayValue {
  const [from, count] = [0, 1].map((i) =>
    i < args.length ? argument(ev, args, i) : [scalar(Number.POSITIVE_INFINITY)],
  );
  const [start, length] = [from, count].map((values) => {
    const [only, ...more] = values!;
    return only?.kind === "scalar" && typeof only.value === "number" && more.length === 0 ? only.value : null;
  });
  const { items, exact } = itemsOf(ev, o);
  if (!exact || typeof start !== "number" || typeof length !== "number" || start < 0) return arrayOf(items, true);
  return arrayOf(items.slice(start, start + length));
}

/** `list.at(i)` */
export function itemAt(ev: Evaluator, o: ArrayValue, args: readonly Argument[]): Values {
  const index = argument(ev, args, 0);
  const [only] = index;
  if (index.length !== 1 || only?.kind !== "scalar" || typeof only.value !== "number" || only.value >= 0)
    return membersAt(ev, [o], index);
  const { items, exact } = itemsOf(ev, o);
  return exact ? (items.at(only.value) ?? [scalar(undefined)]) : elementsOf(ev, [o], false);
}

/** `pop` and `shift` of a list that is made where they are called: its end. */
export function endOf(ev: Evaluator, o: ArrayValue, name: string): Values {
  const { items, exact } = itemsOf(ev, o);
  const end = name === "pop" ? items.at(-1) : items[0];
  return exact && o.node === null && end !== undefined ? end : elementsOf(ev, [o], false);
}
