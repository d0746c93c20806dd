import type { TextValue, Values } from "../../evaluate/domain/value.ts";
import type { Evaluator } from "../../evaluate/engine/evaluator.ts";
import { toTexts } from "../../evaluate/transfer/to-text.ts";
import { printTemplate, type Template, template, templateRegExp } from "../../model/template.ts";

/** A name as reports hold it: holes without the parameters they come from. */
export const plainName = (t: TextValue): Template =>
  template(t.parts.map((p) => (typeof p === "string" ? p : { kind: p.kind, name: p.name })));

/** `x ?? "default"` inside a name: the name with its hole says it all. */
export function nameTexts(ev: Evaluator, names: Values): TextValue[] {
  const all = toTexts(ev, names).filter((t) => t.parts.length > 0);
  const open = all.filter((t) => t.parts.length > 1).map((t) => templateRegExp(printTemplate(t.parts)));
  return all.filter(
    (t) => t.parts.length > 1 || typeof t.parts[0] !== "string" || !open.some((r) => r.test(t.parts[0] as string)),
  );
}

/**
 * A name is one word of a program, or a few; a part of it may be computed.
 * @param isSent it is seen to name an event: elsewhere a single word is as often the channel of some other bus
 */
export function isEventName(t: TextValue, isSent = false): boolean {
  const literal = t.parts.filter((p) => typeof p === "string").join("");
  return (
    /^[\w.:/@ (),'&+#-]{3,160}$/.test(literal) &&
    (isSent ? /[a-z].*[a-z]/i : /[a-z]{2}/i).test(literal) &&
    (isSent || t.parts.length > 1 || /[_.:/ -]|[a-z][A-Z]/.test(literal))
  );
}
