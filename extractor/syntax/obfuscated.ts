import type { Call, Expr } from "../ir/expression.ts";
import type { Func, Unit, Variable } from "../ir/unit.ts";

/** A loop that turns a list until numbers read out of it add up reads at least so many. */
const NUMBERS = 3;

/**
 * The place where a list of texts is turned until a checksum fits: how obfuscators hide texts, whatever they call things. What is then
 * read out of the list is unknown here.
 *
 * `for (;;) { if (parseInt(text(1)) / 1 + parseInt(text(2)) / 2 === 12345) break; else list.push(list.shift()); }`
 * @returns offset in the file, or null
 */
export function hiddenTexts({ calls }: Unit): number | null {
  const numbers = new Map<Func | null, number>();
  for (const { callee, within } of calls)
    if (callee.kind === "ref" && callee.variable.name === "parseInt")
      numbers.set(within, (numbers.get(within) ?? 0) + 1);
  if (numbers.size === 0) return null;
  const turning = calls.find((call) => turns(call) && (numbers.get(call.within) ?? 0) >= NUMBERS);
  return turning?.at ?? null;
}

/** `list.push(list.shift())` */
function turns({ callee, arguments: [given, ...more] }: Call): boolean {
  const list = listOf(callee, "push");
  return list !== null && more.length === 0 && given?.kind === "call" && listOf(given.callee, "shift") === list;
}

const listOf = (e: Expr, method: string): Variable | null =>
  e.kind === "member" && e.property === method && e.object.kind === "ref" ? e.object.variable : null;
