import { type ClassifyInput, classify } from "../../extractor/classify/classify.ts";
import type { EventFinding, Findings, RequestFinding, UrlLiteralFinding } from "../../extractor/model/finding.ts";
import type { Evidence, Report } from "../../extractor/model/report.ts";
import { type Hole, type Template, template } from "../../extractor/model/template.ts";
import { loadSignatures } from "../../extractor/signatures/load.ts";

export const signatures = await loadSignatures();

export const at = (line: number, file = "cli.js"): Evidence => ({ file, line, column: 1 });

/** `https://host/{id}` with a hole of kind `param`, `{env:NAME}` with one of another kind. */
export function url(text: string): Template {
  const pieces = text.split(/(\{[^{}]*\})/).map((piece): string | Hole => {
    const [, kind, name] = /^\{(?:(\w+):)?([^{}]*)\}$/.exec(piece) ?? [];
    return name === undefined ? piece : { kind: (kind ?? "param") as Hole["kind"], name };
  });
  return template(pieces);
}

export function request(urls: string | string[], more: Partial<RequestFinding> = {}): RequestFinding {
  return {
    kind: "request",
    method: "GET",
    urls: [urls].flat().map(url),
    headers: [],
    bodyFields: [],
    secrets: [],
    gates: [],
    confidence: "exact",
    sink: "fetch",
    evidence: at(1),
    ...more,
  };
}

export function event(name: string, more: Partial<EventFinding> = {}): EventFinding {
  return { name: url(name), fields: [], gates: [], evidence: at(1), ...more };
}

export function literal(text: string, more: Partial<UrlLiteralFinding> = {}): UrlLiteralFinding {
  return { url: text, context: { kind: "literal" }, evidence: at(1), ...more };
}

export function report(findings: Partial<Findings>, more: Partial<ClassifyInput> = {}): Report {
  return classify({
    findings: { requests: [], events: [], secrets: [], environment: [], urls: [], ...findings },
    identity: { name: "tool", version: "1.0.0", integrity: null, spec: "tool@1.0.0" },
    platformPackages: [],
    dependencies: [],
    wrapper: null,
    containers: [],
    tool: null,
    signatures,
    diagnostics: [],
    stats: { files: 1, bytes: 10, statements: 1, calls: 1, sinks: 1, otherFiles: 0 },
    packages: null,
    reveal: false,
    ...more,
  });
}
