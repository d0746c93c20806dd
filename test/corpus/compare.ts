import type { Endpoint, Gate, PipelineFlag, Report, Setting } from "../../extractor/model/report.ts";
import { effectOf } from "../../extractor/model/switches/gates.ts";
import { foldHoles } from "../../extractor/model/template.ts";
import type { TrueEndpoint, TruePipeline, Truth } from "./case.ts";

/** Comparable form: holes without names, scheme and host in lower case, no query, fragment or trailing slash. */
export function normUrl(url: string): string {
  const bare = foldHoles(url.trim()).replace(/[?#].*$/s, "");
  return bare.replace(/^[a-z][a-z0-9+.-]*:\/\/[^/]*/i, (origin) => origin.toLowerCase()).replace(/\/+$/, "");
}

const originOf = (url: string) => /^[a-z][a-z0-9+.-]*:\/\/[^/]*/i.exec(url)?.[0] ?? "";
const hostOf = (url: string) => originOf(url).replace(/^.*:\/\//, "");
const pathOf = (url: string) => url.slice(originOf(url).length);

/** Does one text match another whose holes take anything but a slash? */
export function segmentMatches(pattern: string, segment: string): boolean {
  const literals = pattern.split("{}").map((text) => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${literals.join("[^/]+")}$`).test(segment);
}

/**
 * Does a normalised prediction match a normalised truth? Same number of segments; a hole of the truth takes any text
 * of its segment, a predicted hole may be wider than the true one, but never stands for a segment that the truth
 * spells out.
 */
export function urlMatches(truth: string, predicted: string): boolean {
  if (truth === predicted) return true;
  if (!truth.includes("{}")) return false;
  let candidate = predicted;
  if (originOf(truth) === "") {
    // the host is the user's: only a prediction with a hole there says so
    if (!predicted.includes("{}")) return false;
    candidate = predicted.replace(/^[a-z][a-z0-9+.-]*:\/\/(?=\{\})/, "");
  }
  const wanted = truth.split("/");
  const got = candidate.split("/");
  if (wanted.length !== got.length) return false;
  return wanted.every((segment, index) => {
    const other = got[index] ?? "";
    if (segment === other) return true;
    if (!segment.includes("{}")) return false;
    return segmentMatches(segment, other) || (other.includes("{}") && segmentMatches(other, segment));
  });
}

/** All URLs under which a true endpoint may be met. */
export const urlsOf = (truth: TrueEndpoint): string[] =>
  [truth.url, ...(truth.alternatives ?? []), ...(truth.equivalents ?? [])].map(normUrl);

const kindOf = (truth: TrueEndpoint) => truth.kind ?? "request";

/** Methods tell endpoints apart only on the wire, not for child processes and browsers. */
const sameMethod = (truth: TrueEndpoint, method: string) =>
  truth.method === "ANY" || truth.method === method || (kindOf(truth) !== "request" && kindOf(truth) !== "socket");

/** An alternative speaks for another endpoint only as the same path on another host. */
function urlsPredicted(endpoint: Endpoint): string[] {
  const url = normUrl(endpoint.url);
  return [url, ...endpoint.alternatives.map(normUrl).filter((other) => pathOf(other) === pathOf(url))];
}

/** Everything in which a report and the truth differ, one line each; empty where they agree. */
export function compare(report: Report, truth: Truth): string[] {
  return [
    ...truth.endpoints.flatMap((wanted) => endpointProblems(wanted, report)),
    ...extraEndpoints(report, truth),
    ...eventProblems(report, truth),
    ...environmentProblems(report, truth),
    ...(truth.pipelines ?? []).flatMap((wanted) => pipelineProblems(wanted, report)),
  ];
}

function endpointProblems(wanted: TrueEndpoint, report: Report): string[] {
  const name = `${wanted.method} ${wanted.url}`;
  const main = [wanted.url, ...(wanted.equivalents ?? [])].map(normUrl);
  const candidates = report.endpoints.filter((e) => e.kind === kindOf(wanted) && sameMethod(wanted, e.method));
  const hits = (urls: string[]) =>
    candidates.filter((e) => urlsPredicted(e).some((u) => urls.some((t) => urlMatches(t, u))));
  const all = hits(main);
  if (all.length === 0) return [`missing: ${kindOf(wanted)} ${name}`];
  const exact = all.filter((e) => urlsPredicted(e).some((u) => main.includes(u)));
  const found = exact.length > 0 ? exact : all;

  const headers = new Set(found.flatMap((e) => e.headers.map((header) => header.toLowerCase())));
  const credentials = new Set(found.flatMap((e) => e.credentials));
  const holes = found.flatMap((e) => Object.values(e.holes));
  return [
    ...(wanted.headers ?? []).filter((h) => !headers.has(h.toLowerCase())).map((h) => `${name}: missing header ${h}`),
    ...(wanted.alternatives ?? [])
      .filter(
        (url) => !candidates.some((e) => [e.url, ...e.alternatives].some((u) => urlMatches(normUrl(url), normUrl(u)))),
      )
      .map((url) => `${name}: missing alternative ${url}`),
    ...(wanted.credentials ?? []).filter((c) => !credentials.has(c)).map((c) => `${name}: missing credential ${c}`),
    ...(wanted.holes ?? [])
      .filter(
        (w) => !holes.some((h) => h.kind === w.kind && (!w.from || urlMatches(normUrl(w.from), normUrl(h.from ?? "")))),
      )
      .map((w) => `${name}: missing ${w.kind} hole${w.from ? ` from ${w.from}` : ""}`),
    ...gateProblems(
      name,
      wanted.gates,
      found.flatMap((e) => e.gates),
    ),
  ];
}

function gateProblems(name: string, wanted: Gate[] | undefined, got: Gate[]): string[] {
  if (!wanted) return [];
  const print = (gate: Gate) => `${gate.kind} ${gate.name} ${effectOf(gate)}`;
  const trueGates = new Set(wanted.map(print));
  const gates = new Set(got.map(print));
  return [
    ...[...trueGates].filter((gate) => !gates.has(gate)).map((gate) => `${name}: missing gate ${gate}`),
    ...[...gates].filter((gate) => !trueGates.has(gate)).map((gate) => `${name}: wrong gate ${gate}`),
  ];
}

function extraEndpoints(report: Report, truth: Truth): string[] {
  const problems: string[] = [];
  for (const endpoint of report.endpoints) {
    for (const [index, printed] of [endpoint.url, ...endpoint.alternatives].entries()) {
      const url = normUrl(printed);
      const isAbsent = (truth.absent ?? []).some((other) => urlMatches(normUrl(other), url));
      // nothing is claimed about a host that is a hole from end to end
      const claimsHost = /[^{}:0-9]/.test(hostOf(url));
      const isTrue = truth.endpoints.some(
        (wanted) =>
          (index > 0 || (wanted.kind ?? "request") === endpoint.kind) &&
          sameMethod(wanted, endpoint.method) &&
          urlsOf(wanted).some((t) => urlMatches(t, url)),
      );
      if (isAbsent || (claimsHost && !isTrue)) problems.push(`wrong: ${endpoint.kind} ${endpoint.method} ${printed}`);
    }
  }
  return problems;
}

function eventProblems(report: Report, truth: Truth): string[] {
  const got = new Map(report.events.map((event) => [foldHoles(event.name), event]));
  const problems = (truth.notEvents ?? [])
    .filter((name) => got.has(foldHoles(name)))
    .map((name) => `not an event: ${name}`);
  if (!truth.events) return problems;
  const wantedNames = new Set(truth.events.map((event) => foldHoles(event.name)));
  for (const name of got.keys()) if (!wantedNames.has(name)) problems.push(`wrong event: ${name}`);
  for (const wanted of truth.events) {
    const event = got.get(foldHoles(wanted.name));
    if (!event) {
      problems.push(`missing event: ${wanted.name}`);
      continue;
    }
    if (wanted.fields) {
      const fields = new Set(event.fields);
      for (const field of wanted.fields)
        if (!fields.delete(field)) problems.push(`${wanted.name}: missing field ${field}`);
      // spreads of things nobody can know are said with a hole
      for (const field of fields)
        if (!/[{}]|^\.\.\./.test(field)) problems.push(`${wanted.name}: wrong field ${field}`);
    }
    for (const url of wanted.pipelines ?? []) {
      const reached = report.endpoints.filter((e) => event.pipelines.includes(e.id));
      if (!reached.some((e) => urlsPredicted(e).some((u) => urlMatches(normUrl(url), u))))
        problems.push(`${wanted.name}: missing pipeline ${url}`);
    }
    problems.push(...gateProblems(wanted.name, wanted.gates, event.gates));
  }
  return problems;
}

function environmentProblems(report: Report, truth: Truth): string[] {
  const names = new Set(report.environment.map((variable) => variable.name));
  return [
    ...(truth.environment ?? []).filter((name) => !names.has(name)).map((name) => `missing environment: ${name}`),
    ...(truth.notEnvironment ?? []).filter((name) => names.has(name)).map((name) => `wrong environment: ${name}`),
  ];
}

const MEASURES = ["batchSize", "interval", "queueSize"] as const;

function pipelineProblems(wanted: TruePipeline, report: Report): string[] {
  const ids = report.endpoints
    .filter((e) => urlsPredicted(e).some((u) => urlMatches(normUrl(wanted.url), u)))
    .map(({ id }) => id);
  const found = report.pipelines?.find(({ endpoint }) => ids.includes(endpoint));
  if (found === undefined) return [`missing pipeline: ${wanted.url}`];
  const none: Setting = { values: [], env: [], config: [], flags: [] };
  const paths = (found.dimensions?.groups ?? []).flatMap(({ path, fields }) =>
    fields.map((field) => (path === "" ? field : `${path}.${field}`)),
  );
  const flagNames = (flags: readonly PipelineFlag[] = []) => flags.map(({ name, role }) => `${role} ${name}`);
  const compared: [string, readonly unknown[] | undefined, readonly unknown[]][] = [
    ["dimensions", wanted.dimensions, paths],
    ["flags", wanted.flags && flagNames(wanted.flags), flagNames(found.flags)],
    ["spool", wanted.spool?.map(foldHoles), (found.spool ?? []).map(foldHoles)],
    ...MEASURES.flatMap((measure) =>
      Object.keys(none).map((key): [string, readonly unknown[] | undefined, readonly unknown[]] => {
        const part = key as keyof Setting;
        const expected = wanted[measure];
        return [`${measure} ${part}`, expected && (expected[part] ?? []), (found[measure] ?? none)[part]];
      }),
    ),
  ];
  return compared.flatMap(([what, expected, got]) => {
    if (expected === undefined) return [];
    const [right, printed] = [[...expected].sort().join(", "), [...got].sort().join(", ")];
    return right === printed
      ? []
      : [`${wanted.url}: ${what} is ${printed || "nothing"} instead of ${right || "nothing"}`];
  });
}
