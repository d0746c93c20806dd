import type { Program } from "../../ir/program.ts";
import type { UrlLiteral } from "../../ir/unit.ts";
import type { UrlContext, UrlLiteralFinding } from "../../model/finding.ts";
import { evidenceAt, type Locate } from "../calls/evidence.ts";

/** A URL inside a text; closing punctuation of the sentence around it isn't part of it. */
const URL_IN_TEXT = /\b(?:https?|wss?|ftp|git|ssh|npm|urn):\/\/[^\s"'`<>\\^|\u0000-\u001f\u007f]*/gi;
/** A literal that is all URL. */
const WHOLE = /^[a-z][a-z0-9+.-]*:\/\/\S*$/i;
/** A scheme and holes: no address of anything. */
const NAMELESS = /^[a-z][a-z0-9+.-]*:\/\/(?:\{[^}]*\}|[^\w{])*$/i;
/** Longer ones are data, not addresses. */
const LONGEST = 500;

/** Every URL that stands in a string, template, comment or pattern, with what is around it. */
export function findUrlLiterals(program: Program, locate: Locate): UrlLiteralFinding[] {
  const found: UrlLiteralFinding[] = [];
  for (const unit of program.units) {
    for (const literal of unit.urls) {
      for (const { url, context, shift } of urlsIn(literal)) {
        if (NAMELESS.test(url)) continue;
        found.push({ url, context, evidence: evidenceAt(locate, unit, literal.at + shift) });
      }
    }
  }
  return found;
}

function* urlsIn(literal: UrlLiteral): Iterable<{ url: string; context: UrlContext; shift: number }> {
  const { place, key } = literal;
  const text = place === "regexp" ? literal.text.replace(/\\([/.])/g, "$1") : literal.text;
  if ((place === "string" || place === "template") && WHOLE.test(text) && text.length <= LONGEST) {
    const context: UrlContext =
      place === "template" ? { kind: "template" } : key !== null ? { kind: "key", key } : { kind: "literal" };
    yield { url: text, context, shift: 0 };
    return;
  }
  for (const match of text.matchAll(URL_IN_TEXT)) {
    const url = withoutPunctuation(match[0]);
    if (url.length > LONGEST) continue;
    const before = text.slice(Math.max(0, match.index - 40), match.index);
    const context: UrlContext =
      place === "comment" ? { kind: "comment" } : { kind: "text", length: text.length, before };
    yield { url, context, shift: place === "string" ? 0 : match.index };
  }
}

/** `(see https://x/y).` -> `https://x/y`; brackets that open inside stay. */
function withoutPunctuation(url: string): string {
  let end = url.length;
  for (; end > 0; end--) {
    const c = url[end - 1]!;
    if (".,;:!?*_~".includes(c)) continue;
    const open = c === ")" ? "(" : c === "]" ? "[" : c === "}" ? "{" : null;
    if (open === null) break;
    const inside = url.slice(0, end);
    if (inside.split(open).length >= inside.split(c).length) break;
  }
  return url.slice(0, end);
}
