import { builtinModule } from "./ir/builtin-modules.ts";
import { importedCalls } from "./ir/imported-calls.ts";
import { specifiedPackage } from "./ir/package-entry.ts";
import type { Program } from "./ir/program.ts";
import type { DiagnosticLog } from "./model/diagnostic.ts";
import type { Dependency, ReadDependency } from "./model/packages-read.ts";
import type { SinkTable } from "./model/signatures/sink.ts";
import type { Reading } from "./reading.ts";

/** So many are named in one line. */
const NAMED = 8;

/** The packages whose calls the signatures know: their own code tells nothing more. */
export function knownPackages(tables: readonly SinkTable[]): (name: string) => boolean {
  const names = new Set(
    tables.flatMap(({ sinks }) =>
      sinks.flatMap(({ callee }) => specifiedPackage(callee.replace(/^new /, "").split("#")[0]!)?.name ?? []),
    ),
  );
  return (name) => names.has(name);
}

/** How often the code that is not of a dependency calls packages that are none of its own. */
export function callsOfPackages(program: Program, read: readonly ReadDependency[]): Map<string, number> {
  const folders = new Set(read.map(({ folder }) => folder));
  const folderOf = (file: string) => /^node_modules\/(?:@[^/]+\/)?[^/]+(?=\/)/.exec(file)?.[0] ?? "";
  return importedCalls(
    program,
    (file) => !folders.has(folderOf(file)),
    (from, specifier) => {
      const name = builtinModule(specifier).startsWith("node:") ? null : (specifiedPackage(specifier)?.name ?? null);
      const file = name === null ? null : program.resolve(from, specifier);
      return file === null || folders.has(folderOf(file.path)) ? name : null;
    },
  );
}

/** What of a reading says which packages are there. */
type Beside = Pick<Reading, "dependencies" | "wanted" | "platformPackages" | "manifests">;

/**
 * The packages that a program leads into, and how far they are known. Those whose code stays unread are said: what
 * they send is not in the report.
 * @param calls by the name of the package
 */
export function dependenciesOf(
  calls: ReadonlyMap<string, number>,
  { dependencies, wanted, platformPackages, manifests }: Beside,
  isKnown: (name: string) => boolean,
  log: DiagnosticLog,
): Dependency[] {
  const read = new Map(dependencies.map((each) => [each.name, each]));
  const inside = new Set(platformPackages.map(({ folder }) => folder));
  const isThere = (name: string) => inside.has(`node_modules/${name}`) || manifests.has(`node_modules/${name}`);
  const asked = Object.keys(wanted).filter((name) => !isThere(name) && !name.startsWith("@types/"));
  const names = new Set([...calls.keys(), ...asked, ...read.keys()]);
  const all = [...names].map((name): Dependency => {
    const count = calls.get(name) ?? 0;
    const found = read.get(name);
    if (found !== undefined) return { ...found, calls: count, code: "read" };
    return { name, calls: count, code: isKnown(name) ? "known" : "unread" };
  });
  all.sort((a, b) => b.calls - a.calls || (a.name < b.name ? -1 : 1));
  const unread = all.filter(({ code }) => code === "unread");
  const sum = unread.reduce((total, each) => total + each.calls, 0);
  const how = dependencies.length === 0 ? "; --with-dependencies reads them" : "";
  if (sum > 0) log.add("dependency-unread", inWords(unread, sum) + how, unread.length);
  return all;
}

function inWords(unread: readonly Dependency[], sum: number): string {
  const called = unread.filter(({ calls }) => calls > 0);
  const names = called.slice(0, NAMED).map(({ name, calls }) => `${name} (${calls})`);
  const more = called.length > NAMED ? ` and ${called.length - NAMED} more` : "";
  return `${sum} calls lead into packages that were not read: ${names.join(", ")}${more}`;
}
