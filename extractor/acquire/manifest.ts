/** What of a `package.json` leads to the packages that hold its program. */
export interface Manifest {
  name: string;
  version: string;
  /** Paths of the commands. */
  bin: string[];
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  /** Names of dependencies whose files lie in the package itself. */
  bundled: string[];
}

/** @param json text of a `package.json`, which may be anything; what can't be understood is left out */
export function readManifest(json: string): Manifest {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json.replace(/^\ufeff/, ""));
  } catch {
    parsed = {};
  }
  const fields = Object(parsed) as Record<string, unknown>;
  const { name, version, bin, dependencies, optionalDependencies, bundleDependencies, bundledDependencies } = fields;
  const all = bundleDependencies === true || bundledDependencies === true;
  return {
    name: typeof name === "string" ? name : "",
    version: typeof version === "string" ? version : "",
    bin: typeof bin === "string" ? [bin] : Object.values(texts(bin)),
    dependencies: texts(dependencies),
    optionalDependencies: texts(optionalDependencies),
    bundled: all
      ? Object.keys(texts(dependencies))
      : Object.values({ ...texts(bundledDependencies), ...texts(bundleDependencies) }),
  };
}

const texts = (value: unknown): Record<string, string> =>
  Object.fromEntries(
    Object.entries(Object(value) as Record<string, unknown>).filter(
      (entry): entry is [string, string] => typeof entry[1] === "string",
    ),
  );

/** It becomes part of paths. */
export const PACKAGE_NAME = /^(?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*$/;

/**
 * What a dependency is to be acquired as, an alias resolved: only what a registry gives, no git, no URL, no file.
 * @param wanted as the manifest says: a version, a range, or `npm:NAME@VERSION`
 */
export function registrySpec(name: string, wanted: string): { name: string; version: string } | null {
  const alias = /^npm:((?:@[^@/\s]+\/)?[^@/\s]+)@([^@\s]+)$/.exec(wanted);
  if (alias !== null) return { name: alias[1]!, version: alias[2]! };
  return /^[\w.+~^*<>=| -]+$/.test(wanted) ? { name, version: wanted } : null;
}
