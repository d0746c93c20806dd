import { grouped } from "../model/group.ts";
import { hasMark, MARK } from "../url/hole-marks.ts";
import { type Draft, identityOf } from "./drafts.ts";
import { placeOf } from "./order.ts";
import { formKey, type UrlForm } from "./urls/url-form.ts";

/**
 * Of one place, a path whose parameters are known a little better (`/sessions/session_{id}` beside `/sessions/{id}`),
 * or with one of them left empty (`/compare/...{branch}` beside `/compare/{base}...{branch}`), joins the general one
 * as an alternative. What stands behind a parameter (`/models/{id}:count`, `/items/{id}.json`) asks for something
 * else.
 */
export function joinNarrower(drafts: Map<string, Draft>): void {
  const alike = grouped([...drafts], ([, draft]) => identityOf(draft, outline(draft.main[0]!)));
  for (const entries of alike.values()) {
    for (const [id, draft] of entries) {
      const places = draft.findings.map(({ evidence }) => placeOf(evidence));
      const [, general] =
        entries.find(([other, { main, findings }]) => {
          if (other === id || !drafts.has(other) || !covers(main[0]!, draft.main[0]!)) return false;
          const known = new Set(findings.map(({ evidence }) => placeOf(evidence)));
          return places.every((place) => known.has(place));
        }) ?? [];
      if (general === undefined) continue;
      const more = draft.alternatives.filter((form) => !general.alternatives.some((known) => covers(known, form)));
      general.alternatives.push(draft.main[0]!, ...more);
      general.findings.push(...draft.findings);
      general.main.push(...draft.main.map(() => general.main[0]!));
      drafts.delete(id);
    }
  }
}

/**
 * Host and path with nothing of the segments that hold a parameter: only paths with the same one can cover each
 * other.
 */
function outline(form: UrlForm): string {
  const segments = form.path.split("/").map((segment) => (hasMark(segment) ? "{}" : segment));
  return formKey({ ...form, path: segments.join("/") });
}

/** Every address of the second is one of the first, whose parameters may be empty. */
function covers(general: UrlForm, narrow: UrlForm): boolean {
  if (outline(general) !== outline(narrow)) return false;
  const segments = narrow.path.split("/");
  return general.path.split("/").every((segment, i) => !hasMark(segment) || fits(segment.split(MARK), segments[i]!));
}

/**
 * Do these literals stand in the text in this order, the first at its start and the last as all that follows its
 * parameters? Not by a regular expression: many parameters in one segment would let it backtrack.
 */
function fits([first = "", ...rest]: readonly string[], text: string): boolean {
  const last = rest.pop();
  if (!text.startsWith(first) || text.split(MARK).at(-1) !== last) return false;
  let at = first.length;
  for (const literal of rest) {
    const found = text.indexOf(literal, at);
    if (found < 0) return false;
    at = found + literal.length;
  }
  return true;
}
