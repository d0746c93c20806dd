import type { Call, Expr } from "../ir/expression.ts";
import type { Definition, Func, Unit, Variable } from "../ir/unit.ts";

/** A loop that turns a list until numbers read out of it add up reads at least so many. */
const NUMBERS = 3;

/**
 * The place where a list of texts is turned until a checksum fits: how obfuscators hide texts, whatever they call
 * things. What is then read out of the list is unknown here.
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

/**
 * Lists of texts that may be the one that is turned: what a function keeps in place of itself, or what is handed on
 * at the top level.
 *
 * `function list() { const all = ["…", "…"]; list = () => all; return list(); }`
 */
export function textLists({ names, functions }: Unit): Definition[] {
  const variables = [...names.values(), ...functions.flatMap((f) => f.variables)];
  const replaced = new Set(variables.flatMap(({ name, definitions }) => (definitions.length > 1 ? [name] : [])));
  return variables
    .filter(({ owner, passedTo }) => (owner === null ? passedTo.length > 0 : replaced.has(owner.name)))
    .flatMap(({ definitions }) => definitions.filter(({ expression }) => isTextList(expression)));
}

/** A text out of a list that was turned is not the one that stands there: nothing is known of it. */
export function hideTexts(lists: readonly Definition[]): void {
  for (const list of lists)
    if (list.expression.kind === "array") list.expression = { kind: "unknown", name: "", at: list.expression.at };
}

const isTextList = (e: Expr): boolean =>
  e.kind === "array" &&
  e.items.length >= NUMBERS &&
  e.items.every((item) => item.kind === "literal" && typeof item.value === "string");

/** `list.push(list.shift())` */
function turns({ callee, arguments: [given, ...more] }: Call): boolean {
  const list = listOf(callee, "push");
  return list !== null && more.length === 0 && given?.kind === "call" && listOf(given.callee, "shift") === list;
}

const listOf = (e: Expr, method: string): Variable | null =>
  e.kind === "member" && e.property === method && e.object.kind === "ref" ? e.object.variable : null;
