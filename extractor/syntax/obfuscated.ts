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

export interface TextList {
  definition: Definition;
  /** The function that keeps it. */
  keeper: string | null;
}

/** A call without arguments in a function that changes what it was given. */
export interface ShiftedReading {
  /** What is called. */
  name: string;
  /** True where the function makes texts out of numbers: what it gives is not what stands in a list. */
  decodes: boolean;
  /** Offset in the file. */
  at: number;
}

/**
 * How texts are read out of a list that a function keeps: under a number that is shifted first, and decoded then.
 *
 * `function text(at, key) { at = at - 0x1a9; const all = list(); return decode(all[at], key); }`
 */
export function shiftedReadings({ calls }: Unit): ShiftedReading[] {
  const decoding = new Set<Func | null>();
  for (const { callee, within } of calls)
    if (callee.kind === "member" && callee.property === "fromCharCode")
      for (let f = within; f !== null; f = f.outer) decoding.add(f);
  return calls.flatMap(({ callee, arguments: given, within, at }) => {
    if (callee.kind !== "ref" || given.length > 0 || within === null || within.params === 0) return [];
    const isShifted = within.paramVariables.some((v) => v !== null && v.definitions.length > 1);
    return isShifted ? [{ name: callee.variable.name, decodes: decoding.has(within), at }] : [];
  });
}

/**
 * Lists of texts that may be the one that is turned: what a function keeps in place of itself, or what is handed on
 * at the top level.
 *
 * `function list() { const all = ["…", "…"]; list = () => all; return list(); }`
 */
export function textLists({ names, blockVariables, functions }: Unit): TextList[] {
  const variables = [...names.values(), ...blockVariables, ...functions.flatMap((f) => f.variables)];
  const replaced = new Set(variables.flatMap(({ name, definitions }) => (definitions.length > 1 ? [name] : [])));
  return variables
    .filter(({ owner, passedTo }) => (owner === null ? passedTo.length > 0 : replaced.has(owner.name)))
    .flatMap(({ owner, definitions }) =>
      definitions
        .filter(({ expression }) => isTextList(expression))
        .map((definition) => ({ definition, keeper: owner?.name ?? null })),
    );
}

/** A text out of a list that was turned is not the one that stands there: nothing is known of it. */
export function hideTexts(lists: readonly TextList[]): void {
  for (const { definition } of lists)
    if (definition.expression.kind === "array")
      definition.expression = { kind: "unknown", name: "", at: definition.expression.at };
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
