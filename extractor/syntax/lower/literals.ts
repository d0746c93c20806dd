import type { NumericLiteral } from "@babel/types";
import type { Literal, Unknown } from "../../ir/expression.ts";
import type { UrlLiteral } from "../../ir/unit.ts";
import type { Context } from "../context.ts";

export function literal(v: Literal["value"], at: number): Literal {
  return { kind: "literal", value: v, at };
}

/** A bundler that writes a constant's value in its place notes the constant's name behind it. */
export function lowerNumber(ctx: Context, { value, end }: NumericLiteral, at: number): Literal {
  const constant = ctx.constantNames.get(ctx.base + (end ?? 0) + 1);
  return constant === undefined ? literal(value, at) : { ...literal(value, at), constant };
}

export function unknown(at: number, name = ""): Unknown {
  return { kind: "unknown", name, at };
}

/** A string as it is written: addresses and what may be a key are noted. */
export function lowerText(ctx: Context, written: string, at: number): Literal {
  const text = ctx.texts.own(written);
  noteUrl(ctx, text, "string", at);
  noteToken(ctx, text, at);
  return literal(text, at);
}

export function noteUrl(ctx: Context, text: string, place: UrlLiteral["place"], at: number): void {
  if (text.includes("://") || (place === "regexp" && text.includes(":\\/\\/"))) {
    ctx.unit.urls.push({ text: ctx.texts.own(text), place, key: null, at });
  }
}

const TOKEN = /^[\w\-.:=+/@;~]{16,200}$/;

/** A private key of 16 kbit takes 13,000 characters. */
const LONGEST_PEM = 20_000;

function noteToken(ctx: Context, text: string, at: number): void {
  const isToken = text.length >= 16 && text.length <= 200 && TOKEN.test(text) && /\d/.test(text);
  if (isToken || (text.startsWith("-----BEGIN ") && text.length <= LONGEST_PEM)) {
    ctx.unit.tokens.push({ text, key: null, at });
  }
}
