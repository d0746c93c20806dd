import { CrossCheck } from "../compare/check/cross-check.ts";
import type { Check } from "../model/check.ts";
import type { Report } from "../model/report.ts";
import { observe } from "../observe.ts";
import { loadSignatures } from "../signatures/load.ts";

/** What is known of the captured run. Each may be left out. */
export interface CheckOptions {
  /** Variables that were set in it. Default: nobody knows, and no endpoint is called dormant for a variable. */
  environment?: Readonly<Record<string, string>>;
  /** The nearest templates of each unpredicted request. Default false. */
  explainUnpredicted?: boolean;
  /** An earlier check: the result then says what newly fires. */
  baseline?: Check;
}

/**
 * Holds a report against captured traffic: which predictions fired, which stayed dormant, what nobody predicted.
 * @param captures paths of files or folders: HAR, mitmproxy flows, RRPairs, NDJSON or URL logs, known by their content
 * @throws ExtractorError where a capture can't be read at all; damage inside one is a diagnostic
 */
export async function check(
  report: Report,
  captures: string | readonly string[],
  { environment, explainUnpredicted = false, baseline }: CheckOptions = {},
): Promise<Check> {
  const crossCheck = new CrossCheck(report, await loadSignatures(), {
    environment: environment === undefined ? null : new Map(Object.entries(environment)),
    explainUnpredicted,
    baseline: baseline ?? null,
  });
  return observe(crossCheck, typeof captures === "string" ? [captures] : [...captures]);
}
