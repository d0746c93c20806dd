import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { STEPS } from "./told-steps.ts";

/** Below the home folder. */
export const INSTALLING_FILE = ".install-scripts";
/** npm runs them in this order. */
const EVENTS = ["preinstall", "install", "postinstall"] as const;
/** More is no package that somebody installs to use a program. */
const MOST_SCRIPTS = 100;

export interface InstallScript {
  /** Folder of its package, relative to what was installed. */
  path: string;
  name: string;
  event: (typeof EVENTS)[number];
  script: string;
}

/**
 * What npm would run after unpacking, dependencies first.
 * @param folder with `node_modules`, or of a package
 */
export function installScripts(folder: string): InstallScript[] {
  const found: InstallScript[] = [];
  const visit = (path: string): void => {
    for (const one of packagesIn(folder, join(path, "node_modules"))) visit(one);
    found.push(...scriptsOf(folder, path));
  };
  visit("");
  return found.slice(0, MOST_SCRIPTS);
}

function packagesIn(folder: string, path: string): string[] {
  if (!existsSync(join(folder, path))) return [];
  return readdirSync(join(folder, path), { withFileTypes: true }).flatMap((entry) => {
    if (!entry.isDirectory() || entry.name.startsWith(".")) return [];
    const below = join(path, entry.name);
    return entry.name.startsWith("@") ? packagesIn(folder, below) : [below];
  });
}

function scriptsOf(folder: string, path: string): InstallScript[] {
  const manifest = join(folder, path, "package.json");
  if (!existsSync(manifest)) return [];
  let read: { name?: unknown; scripts?: Record<string, unknown> };
  try {
    read = JSON.parse(readFileSync(manifest, "utf8"));
  } catch {
    // npm would not install it
    return [];
  }
  return EVENTS.flatMap((event) => {
    const script = read.scripts?.[event];
    return typeof script === "string" ? [{ path, name: String(read.name ?? path), event, script }] : [];
  });
}

const quoted = (text: string): string => `'${text.replaceAll("'", "'\\''")}'`;

const stepOf = ({ path, name, event, script }: InstallScript): string =>
  `step ${[path, name, event, script].map(quoted).join(" ")}`;

/**
 * A shell script that copies what was installed to where it may be changed, runs the install scripts there, then the
 * command from there. Words: the folder as it is shown, the command.
 */
export const installing = (scripts: readonly InstallScript[]): string => `${STEPS}
from=$1 to=$HOME/.installed
shift
mkdir "$to" && cp -R "$from"/. "$to"/ || { note "a copy of the package" "no room for it"; tell_steps; exit 1; }
step() {
  (
    cd "$to/$1" || exit
    export npm_lifecycle_event="$3" npm_package_name="$2" INIT_CWD="$to" npm_config_user_agent=npm
    PATH="$to/$1/node_modules/.bin:$to/node_modules/.bin:$PATH" timeout -k 2 60 sh -c "$4" </dev/null
  )
  note_end "$3 of $2" $?
}
${scripts.map(stepOf).join("\n")}
count=$#
while [ $count -gt 0 ]; do
  word=$1
  shift
  case $word in "$from"/*) word=$to\${word#"$from"} ;; esac
  set -- "$@" "$word"
  count=$((count - 1))
done
"$@"
code=$?
tell_steps
exit $code
`;
