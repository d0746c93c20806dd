import { type TextValue, text } from "../domain/value.ts";

type Base = "base64" | "base64url" | "hex";

export const isBase = (name: string | null): name is Base =>
  name === "base64" || name === "base64url" || name === "hex";

/** Encoded where all of it is known. With a hole in it nobody can read what comes out, and what went in tells more. */
export function inBase(t: TextValue, base: Base): TextValue {
  const [only, ...more] = t.parts;
  return typeof only === "string" && more.length === 0 ? text([Buffer.from(only, "utf8").toString(base)]) : t;
}
