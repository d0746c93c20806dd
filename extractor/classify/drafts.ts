import type { RequestFinding } from "../model/finding.ts";
import type { EndpointKind, Method } from "../model/report.ts";
import type { HoleKind } from "../model/template.ts";
import { hasMark, holeIndex } from "../url/hole-marks.ts";
import { placeOf } from "./order.ts";
import { foldMarks, formKey, hostKnown, type UrlForm } from "./urls/url-form.ts";

/** Everything that is the same method on the same template; `findings[i]` has its URL in `main[i]`. */
export interface Draft {
  kind: EndpointKind;
  method: Method;
  main: UrlForm[];
  alternatives: UrlForm[];
  findings: RequestFinding[];
}

export const identityOf = ({ kind, method }: Pick<Draft, "kind" | "method">, rest: string): string =>
  `${kind} ${method} ${rest}`;

/**
 * Paths with a segment left empty (`/repos//releases`) join the endpoint where a value is known, or known to be
 * missing.
 */
export function joinHollow(drafts: Map<string, Draft>): void {
  for (const [id, draft] of drafts) {
    const target = fuller(draft.main[0]!)
      .map((key) => drafts.get(identityOf(draft, key)))
      .find((other) => other !== undefined && other !== draft);
    if (target === undefined) continue;
    target.findings.push(...draft.findings);
    target.main.push(...draft.main.map(() => target.main[0]!));
    drafts.delete(id);
  }
}

function fuller(form: UrlForm): string[] {
  if (!/\/[/:]/.test(form.path)) return [];
  const key = (path: string) => formKey({ ...form, path });
  return [key(form.path.replace(/\/(?=[/:])/g, "/{}")), key(form.path.replace(/\/+/g, "/"))];
}

/**
 * Requests to an address that somebody configures (`{API_URL}/models`) join the endpoint that has it as an
 * alternative.
 */
export function joinConfigured(drafts: Map<string, Draft>): void {
  const known = new Map<string, Draft>();
  for (const draft of drafts.values()) {
    if (!draft.main.some(hostKnown)) continue;
    for (const place of draft.alternatives.map(configured))
      if (place !== null) known.set(identityOf(draft, place), draft);
  }
  for (const [id, draft] of drafts) {
    const stays = draft.main.map((form, i) => {
      const place = configured(form);
      const target = place === null ? undefined : known.get(identityOf(draft, place));
      if (target === undefined) return true;
      target.main.push(target.main[0]!);
      target.findings.push(draft.findings[i]!);
      return false;
    });
    draft.main = draft.main.filter((_, i) => stays[i]);
    draft.findings = draft.findings.filter((_, i) => stays[i]);
    if (draft.main.length === 0) drafts.delete(id);
  }
}

/**
 * A default that callers of the same sink replace is one endpoint with what they put in its place: the host that more
 * go to.
 */
export function joinReplaced(drafts: Map<string, Draft>): void {
  const goTo = new Map<string, number>();
  const known = new Map<string, string>();
  for (const [id, { main, alternatives, ...draft }] of drafts) {
    goTo.set(main[0]!.authority, (goTo.get(main[0]!.authority) ?? 0) + 1);
    for (const form of alternatives) known.set(identityOf(draft, formKey(form)), id);
  }
  // of hosts that nobody knows none is more popular: `{baseUrl}` never takes the place of a name
  const popularity = ({ main }: Draft): number => (hostKnown(main[0]!) ? goTo.get(main[0]!.authority)! : 0);
  for (const [id, draft] of drafts) {
    const other = drafts.get(known.get(id) ?? id);
    if (other === undefined || other === draft) continue;
    const places = new Set(other.findings.map(({ evidence }) => placeOf(evidence)));
    if (!draft.findings.every(({ evidence }) => places.has(placeOf(evidence)))) continue;
    if (popularity(draft) > popularity(other)) absorb(drafts, draft, known.get(id)!);
    else absorb(drafts, other, id);
  }
}

function absorb(drafts: Map<string, Draft>, into: Draft, id: string): void {
  const from = drafts.get(id)!;
  const key = addressKey(into.main[0]!);
  into.alternatives.push(...[...from.main, ...from.alternatives].filter((form) => addressKey(form) !== key));
  into.findings.push(...from.findings);
  into.main.push(...from.main.map(() => into.main[0]!));
  drafts.delete(id);
}

/** The same for addresses that are one to the reader: those that two variables configure are two. */
export function addressKey(form: UrlForm): string {
  const by = [...form.authority].flatMap((character) => {
    const hole = hasMark(character) ? form.holes[holeIndex(character)] : undefined;
    return hole !== undefined && CONFIGURED.has(hole.kind) ? `${hole.kind} ${hole.name}` : [];
  });
  return [formKey(form), ...by].join(" ");
}

/** Path under an address that somebody configures, with the name it is configured by; null for any other host. */
function configured(form: UrlForm): string | null {
  const hole = form.authority.length === 1 ? form.holes[holeIndex(form.authority)] : undefined;
  if (hole === undefined || !CONFIGURED.has(hole.kind)) return null;
  return `${hole.kind} ${hole.name}${foldMarks(form.path)}`;
}

const CONFIGURED = new Set<HoleKind>(["env", "config", "flag"]);
