import {
  accessSync,
  chmodSync,
  closeSync,
  constants,
  existsSync,
  openSync,
  readdirSync,
  readFileSync,
  readSync,
  statSync,
} from "node:fs";
import { basename, join } from "node:path";
import { platformPackages } from "../../acquire/platform.ts";

/** First bytes of what a kernel starts by itself: ELF, Mach-O in its forms, PE. */
const NATIVE = /^(?:\x7fELF|\xcf\xfa\xed\xfe|\xce\xfa\xed\xfe|\xca\xfe\xba\xbe|MZ)/;

/** False for a text that stands where an install script would put the program: `echo "not installed"`. */
export function isProgram(path: string): boolean {
  return NATIVE.test(headOf(path)) || /^#!/.test(headOf(path)) || isScript(path);
}

/** Whether Node has to run it. */
export function isScript(path: string): boolean {
  const head = headOf(path);
  return /^#!.*\b(node|bun)\b/.test(head) || (/\.[cm]?js$/.test(path) && !NATIVE.test(head));
}

function headOf(path: string): string {
  const head = Buffer.alloc(64);
  const descriptor = openSync(path, "r");
  try {
    readSync(descriptor, head, 0, head.length, 0);
  } finally {
    closeSync(descriptor);
  }
  return head.toString("latin1");
}

/**
 * The program that the package's install script would link in the place of its stub: the one of its package for this
 * platform, installed inside it or beside it. Relative to `folder`; null where there is none. No script is asked or
 * run.
 * @param below path of the package in `folder`
 * @param about text of its package.json, and the path of the stub
 */
export function platformProgram(
  folder: string,
  below: string,
  { text, path }: { text: string; path: string },
): string | null {
  const here = `${process.platform}-${process.arch}`;
  const target = platformPackages(text).find(({ platform }) => platform === here);
  if (target === undefined) return null;
  const stem = basename(path).replace(/\.(exe|[cm]?js)$/, "");
  for (const at of [join(below, "node_modules", target.name), join("node_modules", target.name)]) {
    if (!existsSync(join(folder, at, "package.json"))) continue;
    const found = programsIn(folder, at);
    const named = found.find((one) => basename(one).replace(/\.exe$/, "") === stem) ?? found[0];
    if (named !== undefined) return executable(folder, named);
  }
  return null;
}

/** What its manifest names, then programs in its own folder and in `bin/`, the largest first. */
function programsIn(folder: string, at: string): string[] {
  const { bin } = JSON.parse(readFileSync(join(folder, at, "package.json"), "utf8")) as {
    bin?: string | Record<string, string>;
  };
  const named = (typeof bin === "string" ? [bin] : Object.values(bin ?? {})).map((path) => join(at, path));
  const lying = [at, join(at, "bin"), join(at, "vendor")]
    .filter((place) => existsSync(join(folder, place)))
    .flatMap((place) => readdirSync(join(folder, place)).map((name) => join(place, name)))
    .sort((a, b) => statSync(join(folder, b)).size - statSync(join(folder, a)).size);
  return [...named, ...lying].filter((path) => {
    const file = join(folder, path);
    return (
      existsSync(file) && statSync(file).isFile() && /^(?:\x7fELF|\xcf\xfa|\xce\xfa|\xca\xfe|MZ|#!)/.test(headOf(file))
    );
  });
}

/** An install script would make it executable as well. */
function executable(folder: string, path: string): string {
  try {
    accessSync(join(folder, path), constants.X_OK);
  } catch {
    chmodSync(join(folder, path), 0o755);
  }
  return path;
}
