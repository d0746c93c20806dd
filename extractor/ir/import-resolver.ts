import { entryPaths, internalImports, type Manifests, specifiedPackage } from "./package-entry.ts";
import type { FileScope } from "./program.ts";

/** File that an import in `from` means; null where it is none of the program's. */
export type Resolve<F = FileScope> = (from: string, specifier: string) => F | null;

const ENDINGS = [
  "",
  ".js",
  ".mjs",
  ".cjs",
  ".ts",
  ".tsx",
  ".mts",
  ".cts",
  ".jsx",
  "/index.js",
  "/index.ts",
  "/index.tsx",
  "/index.mjs",
  "/index.cjs",
  ".json",
];

/** Inside an executable of Bun; paths of embedded files are `container/$bunfs/…` on every system. */
const VIRTUAL = /^(?:\/\$bunfs|[A-Za-z]:[/\\]~BUN)[/\\](.*)$/;
const VIRTUAL_ROOT = "/$bunfs/";

/**
 * Finds the file that an import means, the way Node and bundlers do: relative to the importing file, by an absolute
 * virtual path (`/$bunfs/root/chunk.js`, `B:/~BUN/root/chunk.js`) of the container both are in, or under the nearest
 * `node_modules`, where the package's own manifest names it if there is one. `.js` in a TypeScript source may mean
 * `.ts`.
 * @param files by path; what is found is one of them
 */
export function importResolver<F>(files: ReadonlyMap<string, F>, manifests: Manifests = new Map()): Resolve<F> {
  const find = (path: string): F | null => {
    for (const ending of ENDINGS) {
      const hit = files.get(path + ending);
      if (hit) return hit;
    }
    const typescript = path.replace(/\.([cm]?)js(x?)$/, ".$1ts$2");
    return typescript === path ? null : (files.get(typescript) ?? files.get(`${typescript}x`) ?? null);
  };
  /** The first that is there, of what the manifest in that folder says. */
  const findIn = (folder: string, subpath: string): F | null => {
    const manifest = manifests.get(folder);
    for (const path of manifest === undefined ? [] : entryPaths(manifest, subpath)) {
      const hit = find(under(folder, path)) ?? mainOf(under(folder, path));
      if (hit) return hit;
    }
    return null;
  };
  /** `package/part` with a manifest of its own in that folder. */
  const mainOf = (folder: string): F | null => {
    const { main } = manifests.get(folder) ?? {};
    return typeof main === "string" ? find(join(`${folder}/package.json`, main)) : null;
  };
  const inPackages = (from: string, specifier: string): F | null => {
    const named = specifiedPackage(specifier);
    for (let folder = parent(from); ; folder = parent(folder)) {
      const modules = `${folder === "" ? "" : `${folder}/`}node_modules`;
      const own = named !== null && manifests.get(folder)?.name === named.name ? findIn(folder, named.subpath) : null;
      const hit =
        own ?? (named && findIn(`${modules}/${named.name}`, named.subpath)) ?? find(`${modules}/${specifier}`);
      if (hit || folder === "") return hit;
    }
  };
  /** `#name`, which the manifest of the importing file's own package explains. */
  const internal = (from: string, specifier: string): F | null => {
    for (let folder = parent(from); ; folder = parent(folder)) {
      const manifest = manifests.get(folder);
      for (const target of manifest === undefined ? [] : internalImports(manifest, specifier)) {
        const isPath = target.startsWith(".");
        const hit = isPath ? find(join(under(folder, "package.json"), target)) : inPackages(from, target);
        if (hit) return hit;
      }
      if (manifest !== undefined || folder === "") return null;
    }
  };
  return (from, specifier) => {
    if (specifier.startsWith(".")) return find(join(from, specifier)) ?? mainOf(join(from, specifier));
    const virtual = VIRTUAL.exec(specifier);
    if (virtual !== null)
      return find(from.slice(0, Math.max(0, from.lastIndexOf(VIRTUAL_ROOT))) + VIRTUAL_ROOT + virtual[1]);
    if (specifier.startsWith("/")) return find(specifier) ?? find(specifier.slice(1));
    return specifier.startsWith("#") ? internal(from, specifier) : inPackages(from, specifier);
  };
}

const under = (folder: string, path: string): string => (folder === "" ? path : `${folder}/${path}`);
const parent = (path: string): string => path.slice(0, Math.max(0, path.lastIndexOf("/")));

function join(from: string, specifier: string): string {
  const segments = parent(from).split("/");
  for (const segment of specifier.split("/")) {
    if (segment === "..") segments.pop();
    else if (segment !== "." && segment !== "") segments.push(segment);
  }
  return segments
    .filter((s, i) => s !== "" || i === 0)
    .join("/")
    .replace(/^\/(?=[^/])/, from.startsWith("/") ? "/" : "");
}
