import { type Argument, type ArrayValue, arrayOf, scalar, type Values } from "../domain/value.ts";
import type { Evaluator } from "../engine/evaluator.ts";
import { elementsOf, itemsOf } from "../objects/array.ts";
import { membersAt } from "../objects/member.ts";
import { argument } from "../transfer/compute.ts";

/** `list.slice(a, b)`: exact where the list and both ends are known. */
export function sliced(ev: Evaluator, o: ArrayValue, args: readonly Argument[]): ArrayValue {
  const { items, exact } = itemsOf(ev, o);
  const [from, to] = [numberAt(ev, args, 0), numberAt(ev, args, 1)];
  return exact && from !== null && to !== null ? arrayOf(items.slice(from.n, to.n)) : arrayOf(items, true);
}

/** `list.splice(from, count)`: what it takes out. */
export function spliced(ev: Evaluator, o: ArrayValue, args: readonly Argument[]): ArrayValue {
  const { items, exact } = itemsOf(ev, o);
  const [from, count] = [numberAt(ev, args, 0), numberAt(ev, args, 1)];
  const start = from?.n ?? -1;
  const isKnown = exact && start >= 0 && count !== null && (count.n !== undefined || args.length < 2);
  return isKnown ? arrayOf(items.slice(start, start + (count.n ?? items.length))) : arrayOf(items, true);
}

/** The number that an argument is, if it is given; null where it may be another. */
function numberAt(ev: Evaluator, args: readonly Argument[], i: number): { n: number | undefined } | null {
  const [only, ...more] = i < args.length ? argument(ev, args, i) : [scalar(undefined)];
  if (only?.kind !== "scalar" || more.length > 0) return null;
  return only.value === undefined || typeof only.value === "number" ? { n: only.value } : null;
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
