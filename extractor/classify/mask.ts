import type { SecretFinding } from "../model/finding.ts";
import type { Evidence } from "../model/report.ts";
import { isHole, type Template, template } from "../model/template.ts";
import { type SecretSpan, secretsIn } from "../secrets/in-url.ts";
import { holeMark } from "../url/hole-marks.ts";
import { judgeOf, type Shapes, shapeOf } from "./credentials.ts";

/**
 * Keys stand in URLs too. A report shows `{kind-of-key}` there, and the key among its credentials.
 * `https://cdn.example.com/features/sdk-0123…` -> `https://cdn.example.com/features/{growthbook-client-key}`
 */
export function maskSecrets(
  url: Template,
  shapes: Shapes,
  evidence: Evidence,
): { url: Template; secrets: SecretFinding[] } {
  const text = url.map((piece) => (isHole(piece) ? holeMark(0) : piece)).join("");
  const whole = url.length === 1 ? shapeOf(text, "url", shapes) : null;
  const found = secretsIn(text, judgeOf(shapes));
  const spans = whole === null ? found : found.map((span) => ({ ...span, kind: whole.id }));
  const secrets =
    whole !== null && found.length > 0
      ? [{ value: text, sentAs: "url", evidence }]
      : found.map(({ value, sentAs }) => ({ value, sentAs, evidence }));
  return { url: spans.length === 0 ? url : template(masked(url, spans)), secrets };
}

/** A span never reaches across a hole, so each stands in one of the pieces. */
function masked(url: Template, spans: readonly SecretSpan[]): Template {
  let next = 0;
  let start = 0;
  return url.map((piece) => {
    if (isHole(piece)) {
      start++;
      return piece;
    }
    let out = "";
    let from = 0;
    for (let span = spans[next]; span !== undefined && span.end <= start + piece.length; span = spans[++next]) {
      if (span.start < start + from) continue;
      out += `${piece.slice(from, span.start - start)}{${span.kind}}`;
      from = span.end - start;
    }
    start += piece.length;
    return out + piece.slice(from);
  });
}
