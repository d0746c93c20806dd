/** Which versions were chosen for a package's dependencies. */
export interface LockFile {
  /** The version of a package that the installed package in that folder gets; null where the file doesn't say. */
  versionOf(name: string, folder: string): string | null;
}

/** Names, the first that is there counts, as in npm. */
export const LOCK_FILES = ["npm-shrinkwrap.json", "package-lock.json"] as const;

/** @param json text of a lock file of npm, of any version of its format; what can't be understood is left out */
export function readLockFile(json: string): LockFile {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    parsed = null;
  }
  const { packages, dependencies } = Object(parsed) as Record<string, unknown>;
  const placed = typeof packages === "object" && packages !== null ? versionsByPlace(packages) : nested(dependencies);
  return {
    versionOf(name, folder) {
      for (let at = folder; ; at = above(at)) {
        const version = placed.get(`${at === "" ? "" : `${at}/`}node_modules/${name}`);
        if (version !== undefined || at === "") return version ?? null;
      }
    },
  };
}

/** `a/node_modules/b` -> `a`; the package itself is the empty folder. */
const above = (folder: string): string =>
  folder.slice(0, Math.max(0, folder.lastIndexOf("node_modules/") - 1)).replace(/\/$/, "");

function versionsByPlace(packages: object): Map<string, string> {
  const placed = new Map<string, string>();
  for (const [place, about] of Object.entries(packages)) {
    const { version } = Object(about) as { version?: unknown };
    if (typeof version === "string") placed.set(place, version);
  }
  return placed;
}

/** The format of npm 6 and before: each package holds its own dependencies. */
function nested(dependencies: unknown): Map<string, string> {
  const placed = new Map<string, string>();
  const waiting = [{ folder: "", of: dependencies }];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    for (const [name, about] of Object.entries(Object(next.of) as object)) {
      const { version, dependencies: inner } = Object(about) as { version?: unknown; dependencies?: unknown };
      const place = `${next.folder === "" ? "" : `${next.folder}/`}node_modules/${name}`;
      if (typeof version === "string") placed.set(place, version);
      if (typeof inner === "object" && inner !== null) waiting.push({ folder: place, of: inner });
    }
  }
  return placed;
}
