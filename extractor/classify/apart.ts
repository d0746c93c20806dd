import { type Apart, isSamplePath } from "../model/apart.ts";
import { packageOf } from "../model/bundled-package.ts";
import type { PlatformPackage } from "../model/packages-read.ts";
import type { Endpoint, Evidence } from "../model/report.ts";

/**
 * Marks what is not the program's own: requests whose every place is a library's file, or one of tests and examples.
 */
export function withApart(endpoints: readonly Endpoint[], platformPackages: readonly PlatformPackage[]): Endpoint[] {
  const folders = platformPackages.map(({ folder }) => folder);
  return endpoints.map((endpoint) => {
    const apart = endpoint.apart ?? placesApart(endpoint, folders);
    return apart === null ? endpoint : { ...endpoint, apart };
  });
}

function placesApart({ evidence, kind }: Endpoint, folders: readonly string[]): Apart | null {
  if (kind === "spawn" || evidence.length === 0) return null;
  const files = evidence.flatMap((one) => filesOf(one, folders));
  if (files.every(isSamplePath)) return { why: "test" };
  const packages = files.map((file) => packageOf(file)?.name);
  const [name] = packages;
  return name === undefined || packages.includes(undefined) ? null : { why: "library", name };
}

/**
 * The call's file and those of its callers and values; of the folder that the program itself is installed in only
 * what is below.
 */
function filesOf({ file, source, derivation = [] }: Evidence, folders: readonly string[]): string[] {
  if (source !== undefined) return [source.file];
  const files = [file, ...derivation.flatMap((step) => step.file ?? [])];
  return files.map((one) => {
    const folder = folders.find((own) => one.startsWith(`${own}/`));
    return folder === undefined ? one : one.slice(folder.length + 1);
  });
}
