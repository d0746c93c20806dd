import type { ClassDef } from "./unit.ts";

/**
 * Names of what a class has: methods, static members, and what its constructor gives each instance, `this.chat = new
 * Chat(this)`.
 */
export function* classMembers({ methods, statics, constructorFunction }: ClassDef): Generator<string> {
  yield* methods.keys();
  yield* statics.keys();
  for (const { path } of constructorFunction?.thisWrites ?? []) if (path.length === 1) yield path[0]!;
}

const SYMBOL = "@@";

/** What stands for a symbol where it names a member: its description, marked. */
export const symbolName = (description: string): string => SYMBOL + description;

export const isSymbolName = (name: string): boolean => name.startsWith(SYMBOL);

/** `Symbol.iterator`, and its asynchronous twin. */
export const ITERATOR = symbolName("iterator");
