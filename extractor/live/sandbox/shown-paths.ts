import { realpathSync } from "node:fs";
import { userInfo } from "node:os";
import { basename, dirname } from "node:path";

/** Every room has these. */
const SYSTEM_FOLDERS = ["/usr", "/bin", "/sbin", "/lib", "/lib32", "/lib64", "/libx32"];

export const isBelow = (path: string, folder: string): boolean =>
  path === folder || path.startsWith(folder.endsWith("/") ? folder : `${folder}/`);

/** True for what a room has without being shown it. */
export const isOfTheSystem = (path: string): boolean => SYSTEM_FOLDERS.some((folder) => isBelow(path, folder));

/** Folders nobody means to show as a whole: a person's home, and what homes lie in. */
export function isTooWide(folder: string): boolean {
  const homes = [process.env.HOME ?? "", accountHome()].filter((path) => path.startsWith("/"));
  return [...homes, "/home", "/root", "/etc", "/var", "/tmp", "/proc", "/sys", "/dev", "/run"].some((path) =>
    isBelow(real(path), folder),
  );
}

/**
 * What has to be shown for a program to run: where it was installed to (`/opt/x` of `/opt/x/bin/x`), or the file alone
 * where that would show more than a program.
 */
export function installationOf(program: string): { from: string; below: string } {
  const file = real(program);
  const folder = dirname(file);
  const home = basename(folder) === "bin" ? dirname(folder) : folder;
  return isTooWide(home) ? { from: file, below: "" } : { from: home, below: file.slice(home.length) };
}

/**
 * The folder from which our own code and its libraries can be loaded: the outermost `node_modules`, else the package.
 */
export function ownInstallation(script: string): { from: string; below: string; name: string } {
  const file = real(script);
  const at = file.indexOf("/node_modules/");
  const from = at < 0 ? dirname(dirname(file)) : file.slice(0, at + "/node_modules".length);
  // libraries are looked for by this name
  return { from, below: file.slice(from.length), name: at < 0 ? "self" : "self/node_modules" };
}

/** Not everybody who runs something has an account. */
function accountHome(): string {
  try {
    return userInfo().homedir;
  } catch {
    return "";
  }
}

function real(path: string): string {
  try {
    return realpathSync(path);
  } catch {
    return path;
  }
}
