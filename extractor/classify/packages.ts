import { packageOf } from "../model/bundled-package.ts";
import type { BundledPackage, Endpoint } from "../model/report.ts";
import { sortedUnique } from "./order.ts";

/** Bundled packages with the endpoints whose sinks stand in them. */
export function explainEndpoints(
  packages: readonly BundledPackage[],
  endpoints: readonly Endpoint[],
): BundledPackage[] {
  const ids = new Map<string, string[]>();
  for (const { id, evidence } of endpoints) {
    for (const { source, file } of evidence) {
      const name = packageOf((source?.via ?? source)?.file ?? file)?.name;
      if (name !== undefined) ids.set(name, [...(ids.get(name) ?? []), id]);
    }
  }
  return packages.map((row) => ({ ...row, endpoints: sortedUnique(ids.get(row.name) ?? []) }));
}
