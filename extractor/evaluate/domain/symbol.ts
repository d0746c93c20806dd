import { literalText, string, type TextValue, type Value } from "./value.ts";

const MARK = "@@";

/** A symbol, told apart by its description: as the name of a member it is one, and a text it is none. */
export const symbolOf = (description: string): TextValue => string(MARK + description);

export const isSymbol = (v: Value): boolean => literalText(v)?.startsWith(MARK) ?? false;
