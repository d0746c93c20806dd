import { createHash } from "node:crypto";
import type { RequestFinding, SecretFinding } from "../model/finding.ts";
import { grouped } from "../model/group.ts";
import type { Confidence, Endpoint, EndpointKind, Evidence, Method } from "../model/report.ts";
import type { Signatures } from "../model/signatures/signature.ts";
import { allGates, sharedGates } from "../model/switches/gates.ts";
import { judge } from "./channel.ts";
import { isCredential, type Shapes, secretHash } from "./credentials.ts";
import { classesOfFields } from "./data-classes.ts";
import { addressKey, type Draft, identityOf, joinConfigured, joinHollow, joinReplaced } from "./drafts.ts";
import { redirections } from "./gates.ts";
import { joinNarrower } from "./narrower.ts";
import { compareText, mergeEvidence, sortedUnique } from "./order.ts";
import type { Address } from "./urls/address.ts";
import { HOLE_RANK, HoleNames } from "./urls/hole-names.ts";
import { foldMarks, formKey, hostKnown, printForm, type UrlForm } from "./urls/url-form.ts";
import type { UrlGroup } from "./urls/url-groups.ts";
import { mergeQueries, queryNames } from "./urls/url-query.ts";

const CONFIDENCES: readonly Confidence[] = ["exact", "alternatives", "partial", "low"];

/** Collects groups of URLs and yields one endpoint for each kind, method and template. */
export class EndpointFold {
  readonly #drafts = new Map<string, Draft>();

  add(finding: RequestFinding, group: UrlGroup): void {
    const id = identityOf(finding, formKey(group.main));
    const draft: Draft = this.#drafts.get(id) ?? {
      kind: finding.kind,
      method: finding.method,
      main: [],
      alternatives: [],
      findings: [],
    };
    this.#drafts.set(id, draft);
    draft.main.push(group.main);
    draft.findings.push(finding);
    draft.alternatives.push(...group.alternatives.filter((form) => addressKey(form) !== addressKey(group.main)));
  }

  /** Adds what may be a request to all that are known to go there. False: none does. */
  addToKnown(finding: RequestFinding, form: UrlForm): boolean {
    const key = formKey(form);
    const known = [...this.#drafts.values()].filter(({ main, alternatives }) =>
      [...main, ...alternatives].some((other) => formKey(other) === key),
    );
    for (const draft of known) {
      draft.findings.push(finding);
      draft.main.push(draft.main[0]!);
    }
    return known.length > 0;
  }

  /** To be called when all are added, before the endpoints are asked for. */
  settle(): void {
    joinHollow(this.#drafts);
    joinConfigured(this.#drafts);
    joinReplaced(this.#drafts);
    joinNarrower(this.#drafts);
  }

  /** Ids of the endpoints by the `ref` of their findings. */
  idsByRef(): Map<number, string[]> {
    const pairs = [...this.#drafts].flatMap(([identity, { findings }]) =>
      findings.flatMap(({ ref }) => (ref === undefined ? [] : [{ ref, id: idOf(identity) }])),
    );
    return new Map(
      [...grouped(pairs, ({ ref }) => String(ref))].map(([, same]) => [
        same[0]!.ref,
        sortedUnique(same.map(({ id }) => id)),
      ]),
    );
  }

  /** Sorted by host, path, method, kind. */
  endpoints(signatures: Signatures, shapes: Shapes): Endpoint[] {
    return [...this.#drafts]
      .map(([id, draft]) => toEndpoint(id, draft, signatures, shapes))
      .sort((a, b) => compareText(a.url, b.url) || compareText(a.method, b.method) || compareText(a.id, b.id));
  }
}

/** The id of the endpoint that this group of a finding's URLs belongs to. */
export const endpointId = (finding: RequestFinding, group: UrlGroup) => idOf(identityOf(finding, formKey(group.main)));

const idOf = (identity: string) => createHash("sha256").update(identity).digest("hex").slice(0, 8);

function toEndpoint(identity: string, draft: Draft, signatures: Signatures, shapes: Shapes): Endpoint {
  const { kind, method, findings } = draft;
  const names = new HoleNames();
  const print = (form: UrlForm) => printForm(form, (hole, place) => names.name(hole, place), kind === "browser");
  const main = bestForm(draft.main);
  const url = print(main);
  // printed first, so that its holes get the plain names
  const alternatives = otherForms(draft, main).map(print);
  const verdict = judge(addressOf(main, kind, method), signatures);
  const fields = [...findings.flatMap(({ bodyFields }) => bodyFields), ...queryNames(main)];
  const classes = new Set([...verdict.dataClasses, ...classesOfFields(fields, signatures.dataClasses)]);
  return {
    id: idOf(identity),
    method,
    url,
    alternatives,
    kind,
    holes: describeHoles([url, ...alternatives], names),
    channel: verdict.channel,
    vendor: verdict.vendor,
    dataClasses: signatures.dataClasses.map(({ id }) => id).filter((id) => classes.has(id)),
    headers: uniqueHeaders(findings.flatMap(({ headers }) => headers)),
    credentials: credentialsOf(
      findings.flatMap(({ secrets }) => secrets),
      shapes,
    ),
    gates: allGates([sharedGates(findings.map(({ gates }) => gates)), redirections([url, ...alternatives], names)]),
    ifBlocked: { ...verdict.ifBlocked },
    confidence: confidenceOf(findings, main, alternatives.length > 0),
    ...(verdict.apart && { apart: { ...verdict.apart } }),
    evidence: mergeEvidence(findings.map(({ evidence }): Evidence => evidence)),
  };
}

/** Other addresses of the same requests, and what else configures this one, in code-point order. */
function otherForms({ main: forms, alternatives }: Draft, main: UrlForm): UrlForm[] {
  const [template, address] = [formKey(main), addressKey(main)];
  const byTemplate = [...grouped([...forms, ...alternatives], formKey)].sort(([a], [b]) => compareText(a, b));
  return byTemplate.flatMap(([key, same]) => {
    const variants = [...grouped(same, addressKey)].sort(([a], [b]) => compareText(a, b));
    // what a reader of settings may give to all who ask says nothing of one address
    const isOne = variants.length <= MOST_VARIABLES;
    // where somebody's variable is known, that another host is open says nothing more
    const named = isOne ? variants.filter(([one]) => one !== key) : [];
    if (key === template) return named.filter(([one]) => one !== address).map(([, alike]) => bestForm(alike));
    return named.length === 0 ? [bestForm(same)] : named.map(([, alike]) => bestForm(alike));
  });
}

/** Variables that configure one address. */
const MOST_VARIABLES = 4;

function addressOf(form: UrlForm, kind: EndpointKind, method: Method): Address {
  return { kind, method, scheme: form.scheme, host: foldMarks(form.authority), path: foldMarks(form.path) };
}

/** Of forms with the same key the one whose holes say most; the queries of all. */
function bestForm(forms: readonly UrlForm[]): UrlForm {
  const rank = ({ holes }: UrlForm) => holes.reduce((sum, { kind }) => sum + HOLE_RANK[kind], 0);
  const order = (form: UrlForm) => printForm(form, ({ name }) => name, true);
  const [best, ...rest] = [...forms].sort((a, b) => rank(a) - rank(b) || compareText(order(a), order(b)));
  return rest.reduce(mergeQueries, best!);
}

function describeHoles(urls: readonly string[], names: HoleNames): Endpoint["holes"] {
  const printed = sortedUnique(urls.flatMap((url) => [...url.matchAll(/\{([^{}]*)\}/g)].map(([, inside]) => inside!)));
  // entries, since assigning to `__proto__` would be no member
  return Object.fromEntries(
    printed.flatMap((name) => {
      const hole = names.get(name);
      return hole ? [[name, { kind: hole.kind, ...(hole.from === undefined ? {} : { from: hole.from }) }]] : [];
    }),
  );
}

/** Once each whatever the case, as first written in code-point order. */
function uniqueHeaders(headers: readonly string[]): string[] {
  const byName = new Map<string, string>();
  for (const header of sortedUnique(headers))
    if (!byName.has(header.toLowerCase())) byName.set(header.toLowerCase(), header);
  return [...byName].sort(([a], [b]) => compareText(a, b)).map(([, header]) => header);
}

function credentialsOf(secrets: readonly SecretFinding[], shapes: Shapes): string[] {
  return sortedUnique(secrets.filter((secret) => isCredential(secret, shapes)).map(secretHash));
}

/** The best of its sites; but a host nobody knows is never more than a part. */
function confidenceOf(findings: readonly RequestFinding[], main: UrlForm, alternatives: boolean): Confidence {
  const best = Math.min(...findings.map(({ confidence }) => CONFIDENCES.indexOf(confidence)));
  const floor = hostKnown(main) ? (alternatives ? 1 : 0) : 2;
  return CONFIDENCES[Math.max(best, floor)]!;
}
