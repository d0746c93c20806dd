import { PACKAGE_NAME, readManifest, registrySpec } from "./manifest.ts";

/** The package that holds the command of another one. */
export interface ProgramDependency {
  /** As the other one depends on it. */
  name: string;
  /** What to acquire: `name@version`, an alias resolved. */
  spec: string;
}

/**
 * Where a package's commands are files of a package it depends on (what a renamed tool leaves under its old name),
 * that package. Null where its commands are its own, or the files are in it already.
 * @param packageJson text of a `package.json`, which may be anything
 */
export function standsInFor(packageJson: string): ProgramDependency | null {
  const { bin, dependencies, bundled } = readManifest(packageJson);
  const [name, ...others] = new Set(
    bin.map((path) => /^(?:\.\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(path)?.[1]),
  );
  if (name === undefined || others.length > 0 || !PACKAGE_NAME.test(name) || bundled.includes(name)) return null;
  if (!Object.hasOwn(dependencies, name)) return null;
  const target = registrySpec(name, dependencies[name]!);
  return target && { name, spec: `${target.name}@${target.version}` };
}
