import { CrossCheck, type CrossCheckOptions } from "../../extractor/compare/check/cross-check.ts";
import type { Check } from "../../extractor/model/check.ts";
import type { Exchange } from "../../extractor/model/exchange.ts";
import type { Report } from "../../extractor/model/report.ts";
import { loadSignatures } from "../../extractor/signatures/load.ts";

const signatures = await loadSignatures();

export function exchange(
  method: string,
  url: string,
  more: Partial<Exchange> & { agent?: string | null; json?: unknown } = {},
): Exchange {
  const { agent = "axios/1.13.6", json, ...rest } = more;
  return {
    method,
    url,
    headers: agent === null ? {} : { "user-agent": [agent] },
    userAgent: agent,
    process: null,
    status: 200,
    time: null,
    body: null,
    content: json === undefined ? null : { kind: "json", documents: [json] },
    response: null,
    failure: null,
    at: { file: "capture.har", record: 1 },
    ...rest,
  };
}

export function check(report: Report, exchanges: Exchange[], options: Partial<CrossCheckOptions> = {}): Check {
  const crossCheck = new CrossCheck(report, signatures, {
    environment: null,
    explainUnpredicted: false,
    baseline: null,
    ...options,
  });
  for (const one of exchanges) crossCheck.add(one);
  return crossCheck.finish([], []);
}

/** Verdict and endpoint of each distinct request. */
export const verdicts = (result: Check): string[] =>
  result.observed.map(
    ({ method, url, verdict, endpoint }) =>
      `${method} ${url} ${verdict}${endpoint === undefined ? "" : ` ${endpoint}`}`,
  );
