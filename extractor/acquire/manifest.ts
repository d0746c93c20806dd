/** What of a `package.json` leads to the packages that hold its program. */
export interface Manifest {
  name: string;
  version: string;
  /** Paths of the commands. */
  bin: string[];
  dependencies: Record<string, string>;
  optionalDependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  /** Does npm run a script of it once it is installed? */
  installs: boolean;
  /** Names of dependencies whose files lie in the package itself. */
  bundled: string[];
}

/** @param json text of a `package.json`, which may be anything; what can't be understood is left out */
export function readManifest(json: string): Manifest {
  const fields = fieldsOf(json);
  const { name, version, bin, dependencies, optionalDependencies, peerDependencies } = fields;
  const { bundleDependencies, bundledDependencies, scripts } = fields;
  const all = bundleDependencies === true || bundledDependencies === true;
  return {
    name: typeof name === "string" ? name : "",
    version: typeof version === "string" ? version : "",
    bin: typeof bin === "string" ? [bin] : Object.values(texts(bin)),
    dependencies: texts(dependencies),
    optionalDependencies: texts(optionalDependencies),
    peerDependencies: texts(peerDependencies),
    installs: ["preinstall", "install", "postinstall"].some((name) => Object.hasOwn(texts(scripts), name)),
    bundled: all
      ? Object.keys(texts(dependencies))
      : Object.values({ ...texts(bundledDependencies), ...texts(bundleDependencies) }),
  };
}

function fieldsOf(json: string): Record<string, unknown> {
  try {
    return Object(JSON.parse(json.replace(/^\ufeff/, ""))) as Record<string, unknown>;
  } catch {
    return {};
  }
}

/** Members that name files which no program loads. */
const NOT_LOADED = new Set(
  "author browser bugs contributors description devDependencies files homepage jsdelivr keywords license module repository scripts source types typesVersions typings umd unpkg".split(
    " ",
  ),
);

/**
 * Every text in a manifest that may be the path of a file or folder of code, wherever it stands: `main`, `exports`,
 * and the settings of frameworks that load commands from a folder. Without `./` in front and endings of compiled
 * code.
 */
export function namedPaths(json: string): string[] {
  const found = new Set<string>();
  const waiting: unknown[] = Object.entries(fieldsOf(json)).flatMap(([key, value]) =>
    NOT_LOADED.has(key) ? [] : [value],
  );
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (typeof next === "object" && next !== null) for (const value of Object.values(next)) waiting.push(value ?? "");
    else if (typeof next === "string" && /^(?:\.\/)?[\w@-][\w@./*-]*$/.test(next))
      found.add(next.replace(/^\.\//, "").replace(/\/?\*.*$|\/+$/s, ""));
  }
  found.delete("");
  return [...found].sort();
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
