import { spawnSync } from "node:child_process";
import { accessSync, constants, existsSync, lstatSync, readdirSync, statSync } from "node:fs";
import { arch } from "node:os";
import { dirname, join } from "node:path";
import { ExtractorError } from "../../errors.ts";
import type { SealPart } from "../plan/seal-plan.ts";
import type { Shown } from "./shown.ts";
import { isBelow } from "./shown-paths.ts";
import { AUDIT_ARCH } from "./system-calls.ts";

/** Where systems install it, owned by root: one of the person's own could be changed by what runs in it. */
const BUBBLEWRAP = ["/usr/bin/bwrap", "/bin/bwrap", "/usr/local/bin/bwrap"];
/** The first that can close the door to further user namespaces. */
const LEAST_VERSION = [0, 8] as const;
/**
 * Any of these that exists can carry the run's folders: what is mounted over it is seen by the run alone and gone
 * with it.
 */
const GROUNDS = ["/mnt", "/media", "/srv", "/opt"];
const READABLE_BY_ALL = 0o004;
const ENTERED_BY_ALL = 0o001;

/**
 * The program that builds the room.
 * @throws ExtractorError `rights` where there is none that can be trusted, or an old one
 */
export function findBubblewrap(): string {
  const path = BUBBLEWRAP.find((place) => existsSync(place) && statSync(place).uid === 0);
  const install = "install bubblewrap (apt-get install bubblewrap, dnf install bubblewrap); --mode proxy does without";
  if (path === undefined) throw new ExtractorError("rights", "a sealed run needs bubblewrap", { hint: install });
  const said = spawnSync(path, ["--version"], { encoding: "utf8" }).stdout ?? "";
  const [, major = 0, minor = 0] = /(\d+)\.(\d+)/.exec(said)?.map(Number) ?? [];
  if (major > LEAST_VERSION[0] || (major === LEAST_VERSION[0] && minor >= LEAST_VERSION[1])) return path;
  throw new ExtractorError(
    "rights",
    `a sealed run needs bubblewrap ${LEAST_VERSION.join(".")}, here is ${said.trim()}`,
    {
      hint: install,
    },
  );
}

/** @throws ExtractorError `rights` where a part of the seal can't be had here */
export function checkParts(without: readonly SealPart[]): void {
  if (!without.includes("seccomp") && !(arch() in AUDIT_ARCH)) {
    throw new ExtractorError("rights", `there is no filter of system calls for ${arch()}`, {
      hint: `there is one for ${Object.keys(AUDIT_ARCH).join(" and ")}; --seal-without seccomp runs the program without`,
    });
  }
  if (!without.includes("limits") && !isProgram("/usr/bin/prlimit") && !isProgram("/bin/prlimit")) {
    throw new ExtractorError("rights", "limits of processes need prlimit", {
      hint: "install util-linux, or --seal-without limits",
    });
  }
}

/**
 * A folder that can be covered for the run, since nothing the run needs lies in it.
 * @throws ExtractorError `rights`
 */
export function groundBeside(needed: readonly string[]): string {
  const ground = GROUNDS.find(
    (path) =>
      lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true && !needed.some((one) => isBelow(one, path)),
  );
  if (ground !== undefined) return ground;
  throw new ExtractorError("rights", `none of ${GROUNDS.join(", ")} can carry the run's folders`, {
    hint: "make one of them",
  });
}

/**
 * What has to be bound so that others than root can read it: root is not root in the seal. A folder that only its
 * owner may enter is bound entry by entry.
 * @throws ExtractorError `rights` where something below it can't be read either
 */
export function readableByAll({ from, below, name }: Bound): Bound[] {
  for (let path = from + below; path !== from; path = dirname(path)) {
    if (isOpen(path)) continue;
    throw new ExtractorError("rights", `${path} can't be read by others, and in the seal nobody is root`, {
      hint: `chmod -R o+rX ${from}, or --seal-without own-uid`,
    });
  }
  if (isOpen(from) || !statSync(from).isDirectory()) return [{ from, below, name }];
  const entries = readdirSync(from).map((entry) => ({ from: join(from, entry), below: "", name: join(name, entry) }));
  return [{ from: "", below: "", name }, ...entries];
}

type Bound = Pick<Shown, "from" | "below" | "name">;

function isOpen(path: string): boolean {
  const found = statSync(path);
  const wanted = found.isDirectory() ? READABLE_BY_ALL | ENTERED_BY_ALL : READABLE_BY_ALL;
  return (found.mode & wanted) === wanted;
}

function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
