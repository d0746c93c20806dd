import type { ObjectExpr } from "../ir/expression.ts";
import type { Brand } from "../model/signature.ts";
import type { Evaluator } from "./evaluator.ts";

/** A bundled library has lost its name, but not the members it offers: the module it stands for, or null. */
export function brandOf(ev: Evaluator, members: ReadonlySet<string>): string | null {
  return ev.options.brands.find((b) => b.members.every((m) => members.has(m)))?.module ?? null;
}

const known = new WeakMap<ObjectExpr, string | null>();

/** The same for an object literal: only an interface as a whole tells it from others with members of these names. */
export function brandOfLiteral(ev: Evaluator, e: ObjectExpr): string | null {
  if (e.members.length < LEAST) return null;
  let brand = known.get(e);
  if (brand === undefined) {
    const members = new Set(e.members.map((m) => (m.k === "value" || m.k === "getter" ? m.key : "")));
    const is = (b: Brand) => b.interface === true && b.members.every((m) => members.has(m));
    brand = ev.options.brands.find(is)?.module ?? null;
    known.set(e, brand);
  }
  return brand;
}

/** Members of the smallest interface. */
const LEAST = 6;
