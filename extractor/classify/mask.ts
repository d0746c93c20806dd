import type { SecretFinding } from "../model/finding.ts";
import type { Evidence } from "../model/report.ts";
import { isHole, type Template, template } from "../model/template.ts";
import { credentialHash, looksRandom, type Shapes, shapeOf } from "./credentials.ts";

/** The name of the query parameter that a value follows, and how long it may be. */
const PARAMETER = /[?&;]([\w.-]+)=$/;
const MOST_NAME = 80;

/**
 * Keys stand in URLs too: in a query, or as a segment of the path. A report shows `{kind-of-key}` there, and the key among its credentials.
 * `https://cdn.example.com/features/sdk-0123…` -> `https://cdn.example.com/features/{growthbook-client-key}`
 * Keys without a shape of their own that go out under a key's name elsewhere are shown as `{key}`.
 */
export function maskSecrets(
  url: Template,
  shapes: Shapes,
  evidence: Evidence,
): { url: Template; secrets: SecretFinding[] } {
  const secrets: SecretFinding[] = [];
  const pieces = url.map((piece) => {
    if (isHole(piece)) return piece;
    return piece.replace(
      /(?<=[/=&?@,;])[^/=&?@,;#{}]{10,}|^[^/=&?@,;#{}:]{10,}$/g,
      (part, offset: number, whole: string) => {
        const parameter = PARAMETER.exec(whole.slice(Math.max(0, offset - MOST_NAME), offset));
        const sentAs = parameter === null ? "url" : `query ${parameter[1]}`;
        const shape = shapeOf(part, sentAs, shapes);
        if (shape === null && !(looksRandom(part) && shapes.sent.has(credentialHash(part)))) return part;
        secrets.push({ value: part, sentAs, evidence });
        return `{${shape?.id ?? "key"}}`;
      },
    );
  });
  return { url: template(pieces), secrets };
}
