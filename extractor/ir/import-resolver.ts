import type { FileScope } from "./program.ts";

/** File that an import in `from` means; null where it is none of the program's. */
export type Resolve = (from: string, specifier: string) => FileScope | null;

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
];

/** Inside an executable of Bun; paths of embedded files are `container/$bunfs/…` on every system. */
const VIRTUAL = /^(?:\/\$bunfs|[A-Za-z]:[/\\]~BUN)[/\\](.*)$/;
const VIRTUAL_ROOT = "/$bunfs/";

/**
 * Finds the file that an import means, the way Node and bundlers do: relative to the importing file, by an absolute virtual
 * path (`/$bunfs/root/chunk.js`, `B:/~BUN/root/chunk.js`) of the container both are in, or under the nearest `node_modules`.
 * `.js` in a TypeScript source may mean `.ts`.
 */
export function importResolver(files: Map<string, FileScope>): Resolve {
  const find = (path: string): FileScope | null => {
    for (const ending of ENDINGS) {
      const hit = files.get(path + ending);
      if (hit) return hit;
    }
    const typescript = path.replace(/\.([cm]?)js(x?)$/, ".$1ts$2");
    return typescript === path ? null : (files.get(typescript) ?? files.get(`${typescript}x`) ?? null);
  };
  return (from, specifier) => {
    if (specifier.startsWith(".")) return find(join(from, specifier));
    const virtual = VIRTUAL.exec(specifier);
    if (virtual !== null)
      return find(from.slice(0, Math.max(0, from.lastIndexOf(VIRTUAL_ROOT))) + VIRTUAL_ROOT + virtual[1]);
    if (specifier.startsWith("/")) return find(specifier) ?? find(specifier.slice(1));
    for (let folder = parent(from); ; folder = parent(folder)) {
      const hit = find(`${folder === "" ? "" : `${folder}/`}node_modules/${specifier}`);
      if (hit || folder === "") return hit;
    }
  };
}

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
