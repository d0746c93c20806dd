import type { Observed } from "../../model/check.ts";
import type { Report } from "../../model/report.ts";
import { methodFit } from "./methods.ts";
import { normalPath, type RequestTarget, targetOf } from "./target.ts";
import { splitTemplate } from "./template-parts.ts";

type Nearest = NonNullable<Observed["nearest"]>;

const KEPT = 3;

interface Candidate {
  row: Nearest[number];
  score: number;
}

/** The closest templates and literals of a report to a request that none of them fits, best first. */
export function nearestTemplates(method: string, target: RequestTarget, report: Report): Nearest {
  const candidates: Candidate[] = [];
  for (const endpoint of report.endpoints) {
    for (const url of [endpoint.url, ...endpoint.alternatives]) {
      const sameMethod = methodFit(endpoint.method, method) !== null;
      const found = compare(url, target, sameMethod ? null : `method ${endpoint.method}`);
      if (found !== null)
        candidates.push({ row: { endpoint: endpoint.id, url, differs: found.differs }, score: found.score });
    }
  }
  for (const { url, class: kind } of report.references) {
    const found = compare(url, target, null);
    // A literal that nothing requests says less than a template.
    if (found !== null)
      candidates.push({
        row: { url, differs: `literal (${kind}) that reaches no sink; ${found.differs}` },
        score: found.score - 0.5,
      });
  }
  candidates.sort((a, b) => b.score - a.score || (a.row.url < b.row.url ? -1 : 1));
  return candidates.slice(0, KEPT).map(({ row }) => row);
}

/** Null where neither host nor path have anything in common. */
function compare(url: string, target: RequestTarget, method: string | null): { score: number; differs: string } | null {
  const { authority, path } = splitTemplate(url);
  const own = segmentsOf(normalPath(path));
  const observed = segmentsOf(target.path);
  const common = sharedSegments(own, observed);
  const sameHost = targetOf(`https://${authority}`).authority === target.authority;
  if (common === 0 && !sameHost) return null;
  const likeness = (2 * common) / Math.max(1, own.length + observed.length);
  const samePath = common === own.length && own.length === observed.length;
  const differs = [method, sameHost ? null : `host ${authority}`, samePath ? null : `path ${path || "/"}`].filter(
    (part) => part !== null,
  );
  return {
    score: (sameHost ? 1 : 0) + likeness * 2 - (method === null ? 0 : 0.2),
    differs: differs.join(", ") || "only in spelling",
  };
}

const segmentsOf = (path: string): string[] => path.split("/").filter((segment) => segment !== "");

/** Length of the longest common subsequence; a hole fits any segment. */
function sharedSegments(own: string[], observed: string[]): number {
  if (own.length > 40 || observed.length > 40) return 0;
  let row = new Array<number>(observed.length + 1).fill(0);
  for (const segment of own) {
    const next = [0];
    for (const [i, seen] of observed.entries()) {
      const hit = segment === seen || (segment.includes("{") && i < observed.length);
      next.push(
        hit && segment === seen
          ? row[i]! + 1
          : hit
            ? Math.max(row[i]! + 0.5, row[i + 1]!, next[i]!)
            : Math.max(row[i + 1]!, next[i]!),
      );
    }
    row = next;
  }
  return row.at(-1)!;
}
