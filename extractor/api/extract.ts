import type { Explanation } from "../model/explanation.ts";
import type { Report } from "../model/report.ts";
import { explain as explainSpec, extract as extractSpec } from "../pipeline.ts";
import { withDefaults } from "./defaults.ts";
import type { ExtractOptions } from "./options.ts";

/**
 * What a package can send, where, and which switch stops it. Nothing of the package is run.
 * @param spec `name@version` of a package on npm, the name of a known tool, or the path of a tarball, folder, script
 * or binary
 * @throws ExtractorError for what the caller can mend: no such package, no network, an archive beyond its limits
 */
export function extract(spec: string, options: ExtractOptions = {}): Promise<Report> {
  return extractSpec(spec, withDefaults(options));
}

/**
 * How the URL of one endpoint came about: the steps from its call back to the literals.
 * @param endpoint its id, or a text that only its `METHOD URL` has
 * @throws ExtractorError as `extract`, and where no endpoint, or more than one, fits
 */
export function explain(spec: string, endpoint: string, options: ExtractOptions = {}): Promise<Explanation> {
  return explainSpec(spec, endpoint, withDefaults(options));
}
