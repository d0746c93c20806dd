/** A package that was bundled into the program, as far as the path of one of its files says. */
export interface PackageName {
  name: string;
  version: string | null;
  /** Where this copy of it stands. */
  folder: string;
}

const VERSION = String.raw`(\d+\.\d+\.\d+(?:-[\w.]+)?)`;
/** `.pnpm/left@1.2.3_peer/`, `.bun/@a+left@1.2.3+hash/` */
const IN_STORE = new RegExp(
  String.raw`/\.(?:pnpm|bun|deno)/((?:@[^/+@]+\+)?[^/@]+)@${VERSION}(?:[_+(][^/]*)?/node_modules/$`,
);
/** `.yarn/cache/left-npm-1.2.3-0123456789.zip/` */
const IN_ZIP = new RegExp(String.raw`/([^/]+)-npm-${VERSION}-[0-9a-f]{10,}(?:\.zip)?/node_modules/$`);

/** The package that a source file belongs to, the innermost of several; null for a file of the program's own. */
export function packageOf(path: string): PackageName | null {
  const found = /^(?:.*\/)?node_modules\/((?:@[^/]+\/)?[^/]+)\//s.exec(path);
  if (found === null) return null;
  const [start, name = ""] = found;
  const folder = start.slice(0, -1);
  const above = `/${folder.slice(0, -name.length)}`;
  const stored = IN_STORE.exec(above) ?? IN_ZIP.exec(above);
  const same = stored?.[1] === name.replace("/", "+") || stored?.[1] === name.replace("/", "-");
  return { name, version: same ? (stored?.[2] ?? null) : null, folder };
}
