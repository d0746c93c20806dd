import type { Evaluator } from "./evaluator.ts";

/** A bundled library has lost its name, but not the members it offers: the module it stands for, or null. */
export function brandOf(ev: Evaluator, members: ReadonlySet<string>): string | null {
  return ev.options.brands.find((b) => b.members.every((m) => members.has(m)))?.module ?? null;
}
