import { importResolver, type Resolve } from "./import-resolver.ts";
import type { FileScope } from "./program.ts";

/** A package's files by their paths inside it. */
type Copy = Map<string, FileScope>;

const PACKAGE = /^((?:@[^/]+\/)?[^/]+)(?:\/(.*))?$/s;
const IN_PACKAGE = /^((?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+))\/(.*)$/s;
const ALIAS = /^[@~#]\/(.+)$/s;
const ENDING = /\.[cm]?[jt]sx?$/;

/**
 * Finds the file that an import in original sources means. A source map brings neither manifests nor compiler
 * settings, and of a package only the files that were bundled: what `main`, `exports` or `paths` say is told from the
 * files that are there.
 */
export function sourceResolver(files: Map<string, FileScope>): Resolve {
  const plain = importResolver(files);
  const copies = copiesOf(files);
  return (from, specifier) => {
    const found = plain(from, specifier);
    if (found !== null || specifier.startsWith(".") || specifier.startsWith("/")) return found;
    return fromRoot(plain, from, specifier) ?? fromPackage(copies, specifier);
  };
}

/** `src/a.js` as of a folder above the importing file, `@/a` as of a `src` there: the outermost that has it. */
function fromRoot(plain: Resolve, from: string, specifier: string): FileScope | null {
  const aliased = ALIAS.exec(specifier)?.[1];
  if (aliased === undefined && !specifier.includes("/")) return null;
  const folders = from.split("/").slice(0, -1);
  for (let depth = 0; depth <= folders.length; depth++) {
    const at = [...folders.slice(0, depth), "file"].join("/");
    const found =
      aliased === undefined
        ? plain(at, `./${specifier}`)
        : (plain(at, `./src/${aliased}`) ?? plain(at, `./${aliased}`));
    if (found !== null) return found;
  }
  return null;
}

function copiesOf(files: Map<string, FileScope>): Map<string, Copy[]> {
  const folders = new Map<string, Copy>();
  const byName = new Map<string, Copy[]>();
  for (const [path, file] of files) {
    const [, folder, name, inside] = IN_PACKAGE.exec(path) ?? [];
    if (folder === undefined) continue;
    let copy = folders.get(folder);
    if (copy === undefined) {
      copy = new Map();
      folders.set(folder, copy);
      byName.set(name!, [...(byName.get(name!) ?? []), copy]);
    }
    copy.set(inside!, file);
  }
  return byName;
}

function fromPackage(copies: Map<string, Copy[]>, specifier: string): FileScope | null {
  const [, name, inside] = PACKAGE.exec(specifier) ?? [];
  for (const copy of copies.get(name ?? "") ?? []) {
    const found = inside === undefined ? entryOf(copy, name!) : fileIn(copy, inside);
    if (found !== null) return found;
  }
  return null;
}

/** The outermost file with a name that entries have; the only file there is, whatever its name. */
function entryOf(copy: Copy, name: string): FileScope | null {
  const short = name.slice(name.lastIndexOf("/") + 1);
  const named = [...copy.keys()].filter((path) => ["index", "main", short].includes(stem(path)));
  const [best] = (named.length > 0 || copy.size > 1 ? named : [...copy.keys()]).sort(outermost);
  return best === undefined ? null : copy.get(best)!;
}

/** `client/auth.js` may be `dist/esm/client/auth.js`. */
function fileIn(copy: Copy, inside: string): FileScope | null {
  const wanted = `/${inside.replace(ENDING, "")}`;
  const fitting = [...copy.keys()].filter((path) => {
    const bare = `/${path.replace(ENDING, "")}`;
    return bare.endsWith(wanted) || bare.endsWith(`${wanted}/index`);
  });
  const [best] = fitting.sort(outermost);
  return best === undefined ? null : copy.get(best)!;
}

const stem = (path: string): string => path.slice(path.lastIndexOf("/") + 1).replace(ENDING, "");
const depth = (path: string): number => path.split("/").length;
const outermost = (a: string, b: string): number => depth(a) - depth(b) || (a < b ? -1 : 1);
