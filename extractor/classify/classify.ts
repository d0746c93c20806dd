import { packageOf } from "../model/bundled-package.ts";
import { type Diagnostic, DiagnosticLog } from "../model/diagnostic.ts";
import type { Findings, RequestFinding, SecretFinding, UrlLiteralFinding } from "../model/finding.ts";
import { hostNames } from "../model/host.ts";
import type { Container, Dependency, PlatformPackage } from "../model/packages-read.ts";
import {
  type BundledPackage,
  type DeadEndpoint,
  type Endpoint,
  type Report,
  SCHEMA_VERSION,
  type Stats,
} from "../model/report.ts";
import type { ReferenceRule, Signatures } from "../model/signatures/signature.ts";
import type { PackageIdentity } from "../model/source-file.ts";
import { printTemplate, type Template } from "../model/template.ts";
import { withoutSecrets } from "../secrets/report.ts";
import { withApart } from "./apart.ts";
import { credentialShapes, foldCredentials, type Shapes, sentUnderName, shapeOf } from "./credentials.ts";
import { reportedCuts } from "./cuts.ts";
import { downloadedProgram, type Wrapper } from "./downloads.ts";
import { EndpointFold } from "./endpoints.ts";
import { environmentInfluences, foldEnvironment } from "./environment.ts";
import { withEventHosts } from "./event-hosts.ts";
import { foldEvents } from "./events.ts";
import { foldFlags } from "./flags.ts";
import { maskSecrets } from "./mask.ts";
import { compareEvidence, compareText, placeOf as evidencePlace } from "./order.ts";
import { explainEndpoints } from "./packages.ts";
import { foldPipelines } from "./pipelines.ts";
import { foldReferences, referencePlaceOf, ruleFor } from "./references.ts";
import { addressesOf } from "./request-addresses.ts";
import { isRefused } from "./urls/url-form.ts";
import type { UrlGroup } from "./urls/url-groups.ts";

export interface ClassifyInput {
  findings: Findings;
  identity: PackageIdentity;
  platformPackages: readonly PlatformPackage[];
  /** Packages that the code leads into; `endpoints` of those that were read are added here. */
  dependencies: readonly Dependency[];
  containers: readonly Container[];
  /** Not null of a package that holds hardly any program itself. */
  wrapper: Wrapper | null;
  /** id in signatures/tools, or null. */
  tool: string | null;
  signatures: Signatures;
  /** What earlier stages skipped or cut. */
  diagnostics: readonly Diagnostic[];
  stats: Omit<Stats, "endpoints" | "hosts" | "events">;
  /** Of which the bundle was made; null where nothing says it. */
  packages: readonly BundledPackage[] | null;
  /** Show credentials in full. */
  reveal: boolean;
}

/** Findings x signatures -> report. Pure; the order of the findings doesn't matter. */
export function classify(input: ClassifyInput): Report {
  const { findings, identity, platformPackages, containers, tool, signatures, diagnostics, stats, packages } = input;
  const log = new DiagnosticLog();
  const shapes = credentialShapes(signatures, sentUnderName(findings, credentialShapes(signatures)));
  const requests = foldRequests(
    findings.requests.filter((r) => r.dead === undefined),
    signatures,
    shapes,
    log,
  );
  const judged = requests.fold.endpoints(signatures, shapes);
  const carriers = requests.fold.idsByRef();
  const { events, unnamed } = foldEvents(findings.events, carriers, judged);
  const endpoints = withApart(withEventHosts(judged, events, signatures), platformPackages);
  const downloaded = downloadedProgram(endpoints, input.wrapper);
  const dead = deadEndpoints(findings.requests, endpoints, signatures, shapes);
  for (const { evidence } of unnamed) log.add("event-unresolved", `${evidence.file}:${evidence.line}`);
  const literals = splitLiterals(findings.urls, shapes);
  const hosts = hostNames(endpoints);
  const shared = signatures.sharedHosts
    .map(({ host }) => host)
    .filter((host) => hosts.includes(host))
    .sort();
  const secrets = [...findings.secrets, ...requests.secrets, ...literals.secrets];
  return withoutSecrets({
    schemaVersion: SCHEMA_VERSION,
    package: { ...identity, files: stats.files, bytes: stats.bytes },
    ...(platformPackages.length > 0 ? { platformPackages: [...platformPackages] } : {}),
    ...(input.dependencies.length > 0 ? { dependencies: withEndpoints(input.dependencies, endpoints) } : {}),
    ...(containers.length > 0 ? { containers: [...containers] } : {}),
    tool,
    endpoints,
    ...(dead.length > 0 ? { dead: dead.map(shortened) } : {}),
    events,
    pipelines: foldPipelines(findings, events, carriers),
    flags: foldFlags(findings.flags ?? [], events),
    credentials: foldCredentials(secrets, shapes, input.reveal),
    environment: foldEnvironment(findings.environment, environmentInfluences(endpoints)),
    references: foldReferences(literals.urls, signatures.references, [...endpoints, ...dead]),
    ...(shared.length > 0 ? { sharedHosts: shared } : {}),
    ...(packages === null ? {} : { packages: explainEndpoints(packages, endpoints) }),
    ...(findings.cuts?.length ? { cuts: reportedCuts(findings.cuts, endpoints) } : {}),
    diagnostics: mergeDiagnostics([...diagnostics, ...(downloaded === null ? [] : [downloaded]), ...log.list()]),
    stats: { ...stats, endpoints: endpoints.length, hosts: hosts.length, events: events.length },
  });
}

/** Says which of the endpoints come out of the code of a package that was read. */
function withEndpoints(dependencies: readonly Dependency[], endpoints: readonly Endpoint[]): Dependency[] {
  const byFolder = new Map<string, string[]>();
  for (const { id, evidence } of endpoints)
    for (const folder of new Set(evidence.flatMap(({ file }) => packageOf(file)?.folder ?? []))) {
      const ids = byFolder.get(folder);
      if (ids === undefined) byFolder.set(folder, [id]);
      else ids.push(id);
    }
  return dependencies.map((each) =>
    each.folder === undefined ? each : { ...each, endpoints: (byFolder.get(each.folder) ?? []).sort() },
  );
}

/**
 * What isn't sent anywhere, or to nobody knows where, is counted and left out. What no call was seen for comes last:
 * where a call goes to the same URL it is no endpoint of its own, and what surely is a reference is none at all.
 */
function foldRequests(
  requests: readonly RequestFinding[],
  { references }: Signatures,
  shapes: Shapes,
  log: DiagnosticLog,
) {
  const fold = new EndpointFold();
  const secrets: SecretFinding[] = [];
  const sorted = [...requests].sort((a, b) => compareEvidence(a.evidence, b.evidence));
  const unseen: { finding: RequestFinding; groups: UrlGroup[] }[] = [];
  for (const request of sorted) {
    const { file, line } = request.evidence;
    const { forms, groups, secrets: inUrl } = addressesOf(request, shapes);
    if (request.urls.some(isRefused)) log.add("url-refused", `${request.sink} at ${file}:${line}`);
    else if (forms.length === 0 && request.urls.length > 0) log.add("sink-local", `${request.sink} at ${file}:${line}`);
    else if (groups.length === 0) log.add("sink-unresolved", `${request.sink} at ${file}:${line}`);
    const finding = { ...request, secrets: [...request.secrets, ...inUrl] };
    secrets.push(...finding.secrets);
    if (request.isUnseen) {
      if (!request.urls.every((url) => isSurelyReference(url, references))) unseen.push({ finding, groups });
    } else for (const group of groups) fold.add(finding, group);
  }
  const own = unseen.flatMap(({ finding, groups }) =>
    groups.filter(({ main }) => !fold.addToKnown(finding, main)).map((group) => ({ finding, group })),
  );
  for (const { finding, group } of own) fold.add(finding, group);
  fold.settle();
  return { fold, secrets };
}

/** What only code makes that nothing runs. */
function deadEndpoints(
  requests: readonly RequestFinding[],
  live: readonly Endpoint[],
  signatures: Signatures,
  shapes: Shapes,
): (Endpoint & DeadEndpoint)[] {
  const ids = new Set(live.map(({ id }) => id));
  const dead = requests.filter((r) => r.dead !== undefined);
  const reasons = new Map(dead.map((r) => [evidencePlace(r.evidence), r.dead!]));
  const { fold } = foldRequests(dead, signatures, shapes, new DiagnosticLog());
  return fold
    .endpoints(signatures, shapes)
    .filter(({ id }) => !ids.has(id))
    .map((endpoint) => ({
      ...endpoint,
      reason: endpoint.evidence.flatMap((e) => reasons.get(evidencePlace(e)) ?? [])[0] ?? "",
    }));
}

const shortened = ({ id, method, url, kind, reason, evidence }: DeadEndpoint): DeadEndpoint => ({
  id,
  method,
  url,
  kind,
  reason,
  evidence,
});

const isSurelyReference = (url: Template, rules: readonly ReferenceRule[]): boolean =>
  ruleFor([referencePlaceOf({ url: printTemplate(url), context: { kind: "literal" } })], rules)?.conclusive === true;

/** Some URL literals are keys themselves, such as a DSN. */
function splitLiterals(findings: readonly UrlLiteralFinding[], shapes: Shapes) {
  const urls: UrlLiteralFinding[] = [];
  const secrets: SecretFinding[] = [];
  for (const finding of findings) {
    if (shapeOf(finding.url, null, shapes)) {
      secrets.push({ value: finding.url, sentAs: null, evidence: finding.evidence });
      continue;
    }
    const masked = maskSecrets([finding.url], shapes, finding.evidence);
    secrets.push(...masked.secrets.filter((secret) => isListed(secret, finding, shapes)));
    urls.push({ ...finding, url: printTemplate(masked.url) });
  }
  return { urls, secrets };
}

/**
 * Links in texts and comments are full of identifiers of documents: they are masked, and no credentials of the
 * program.
 */
function isListed({ value, sentAs }: SecretFinding, { context }: UrlLiteralFinding, shapes: Shapes): boolean {
  if (shapeOf(value, sentAs, shapes) !== null) return true;
  return context.kind !== "text" && context.kind !== "comment";
}

function mergeDiagnostics(all: readonly Diagnostic[]): Diagnostic[] {
  const byKind = new Map<string, Diagnostic>();
  for (const { kind, count, detail } of all) {
    const known = byKind.get(kind);
    byKind.set(
      kind,
      known ? { kind, count: known.count + count, detail: `${known.detail}; ${detail}` } : { kind, count, detail },
    );
  }
  return [...byKind.values()].sort((a, b) => compareText(a.kind, b.kind));
}
