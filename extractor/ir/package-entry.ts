import { exports as exported, imports as imported } from "resolve.exports";

/** What of a `package.json` says which file an import of the package means. Hostile: any member may be anything. */
export interface PackageEntries {
  name: string;
  main?: unknown;
  exports?: unknown;
  imports?: unknown;
}

/** By the folder of the package: empty for the one that was asked for, `node_modules/NAME` for others. */
export type Manifests = ReadonlyMap<string, PackageEntries>;

/** Both kinds of import are tried, since a specifier alone doesn't say which of the two it stands in. */
const KINDS = [{ require: false }, { require: true }] as const;

/**
 * Paths inside a package that an import of it may mean, the likeliest first. Where the package lists what it exports,
 * nothing else can be imported.
 * @param subpath what follows the name, without a slash in front; empty for the package itself
 */
export function entryPaths(manifest: PackageEntries, subpath: string): string[] {
  if (manifest.exports !== undefined && manifest.exports !== null)
    return inside(KINDS.flatMap((kind) => looked(() => exported(manifest as Named, subpath || ".", kind))));
  if (subpath !== "") return inside([subpath]);
  return inside([...(typeof manifest.main === "string" ? [manifest.main] : []), "index"]);
}

/** What `#name` means in a package: paths inside it, and names of other packages. */
export function internalImports(manifest: PackageEntries, specifier: string): string[] {
  return KINDS.flatMap((kind) => looked(() => imported(manifest as Named, specifier, kind)));
}

/** `@scope/name/deep/file` -> name and what follows; null where it is no specifier of a package. */
export function specifiedPackage(specifier: string): { name: string; subpath: string } | null {
  const [, name, subpath = ""] = /^((?:@[\w~-][\w.~-]*\/)?[\w~-][\w.~-]*)(?:\/(.*))?$/.exec(specifier) ?? [];
  return name === undefined ? null : { name, subpath };
}

type Named = { name: string; exports?: Record<string, string>; imports?: Record<`#${string}`, string> };

/** The library makes regular expressions of keys: those that could be more than a path with one `*` are left out. */
const KEY = /^[\w@#./~-]*(?:\*[\w@#./~-]*)?$/;

/** @param json text of a `package.json`, which may be anything */
export function packageEntries(json: string): PackageEntries {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json.replace(/^\ufeff/, ""));
  } catch {
    parsed = null;
  }
  const { name, main, exports, imports } = Object(parsed) as Record<string, unknown>;
  return { name: typeof name === "string" ? name : "", main, exports: soundKeys(exports), imports: soundKeys(imports) };
}

function soundKeys(map: unknown): unknown {
  if (typeof map !== "object" || map === null || Array.isArray(map)) return map ?? undefined;
  return Object.fromEntries(Object.entries(map).filter(([key]) => KEY.test(key)));
}

function looked(look: () => unknown): string[] {
  try {
    const found = look();
    return Array.isArray(found) ? found.filter((each) => typeof each === "string") : [];
  } catch {
    // nothing of the kind, or a manifest that makes no sense
    return [];
  }
}

const inside = (paths: readonly string[]): string[] => [
  ...new Set(paths.map((path) => path.replace(/^(?:\.?\/)+/, "").replace(/\/+$/, "") || "index")),
];
