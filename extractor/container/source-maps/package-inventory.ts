import { type PackageName, packageOf } from "../../model/bundled-package.ts";
import type { BundledPackage } from "../../model/report.ts";
import type { MapSection } from "./map-text.ts";

/** A file that holds little but the version: `version.mjs`, `_version.js`. */
const VERSION_FILE = /\/_?version\.[cm]?[jt]s$/i;
const SEMVER = /["'`](\d+\.\d+\.\d+(?:-[\w.]+)?)["'`]/g;

interface Copy extends PackageName {
  files: Set<string>;
}

/** Which packages the sources of a program came from, and in which version where something says it. */
export class PackageInventory {
  readonly #copies = new Map<string, Copy>();

  /** Takes the sources of a map, or of one of its sections. */
  add(section: MapSection): void {
    section.files.forEach((file, i) => {
      const found = packageOf(file);
      if (found === null) return;
      const copy = this.#copies.get(found.folder) ?? { ...found, files: new Set() };
      this.#copies.set(found.folder, copy);
      copy.files.add(file);
      copy.version ??= versionIn(section, i, copy);
    });
  }

  /** Sorted by name and version, copies of one version together. */
  list(): BundledPackage[] {
    const rows = new Map<string, BundledPackage>();
    for (const { name, version, files } of this.#copies.values()) {
      const key = `${name}@${version ?? ""}`;
      const row = rows.get(key) ?? { name, version, files: 0, endpoints: [] };
      row.files += files.size;
      rows.set(key, row);
    }
    return [...rows].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0)).map(([, row]) => row);
  }
}

/** What one file says: its manifest, a file made for it, or a banner `name v1.2.3`. */
function versionIn(section: MapSection, index: number, { name, folder }: PackageName): string | null {
  const file = section.files[index]!;
  if (file === `${folder}/package.json`) return manifestVersion(section.content(index) ?? "");
  if (VERSION_FILE.test(file)) {
    const found = new Set([...(section.content(index) ?? "").matchAll(SEMVER)].map(([, version]) => version!));
    if (found.size === 1) return [...found][0]!;
  }
  return bannerVersion(section.head(index), name);
}

function manifestVersion(json: string): string | null {
  try {
    const { version } = JSON.parse(json) as { version?: unknown };
    return typeof version === "string" ? version.slice(0, 80) : null;
  } catch {
    return null;
  }
}

/** `/*! @scope/name v1.2.3`: the name in full, since a banner may be of a part that was copied in. */
function bannerVersion(head: string, name: string): string | null {
  if (!head.startsWith("/*")) return null;
  const at = head.indexOf(`${name} v`);
  if (at < 0 || !/[\s!*]/.test(head[at - 1] ?? "")) return null;
  return /^(\d+\.\d+\.\d+(?:-[\w.]+)?)(?![\w.])/.exec(head.slice(at + name.length + 2))?.[1] ?? null;
}
