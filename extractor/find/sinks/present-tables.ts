import { classMembers } from "../../ir/class-members.ts";
import type { Program } from "../../ir/program.ts";
import type { Brand, SinkTable } from "../../model/signatures/sink.ts";

/**
 * Tables and brands without those of packages that the program neither loads nor, as far as members tell, holds a copy
 * of: nothing of theirs can be called, and each of their names would be one more to look for.
 */
export function presentTables(program: Program, tables: readonly SinkTable[]): SinkTable[] {
  const loaded = packagesLoaded(program);
  const isLoaded = (pattern: string) =>
    pattern.endsWith("*") ? [...loaded].some((name) => name.startsWith(pattern.slice(0, -1))) : loaded.has(pattern);
  let shapes: ReadonlySet<string>[] | null = null;
  let memberNames: ReadonlySet<string> | null = null;
  const isHeld = ({ members, beside, inside }: Brand) => {
    shapes ??= [...memberSets(program)];
    if (!beside && !inside) return shapes.some((names) => members.every((m) => names.has(m)));
    memberNames ??= new Set(shapes.flatMap((names) => [...names]));
    if (!members.every((m) => memberNames!.has(m) || program.functionsNamed.has(m))) return false;
    // members of a class are its own or of one above it
    return inside === true || shapes.some((names) => members.filter((m) => names.has(m)).length * 2 >= members.length);
  };
  return tables.flatMap((table): SinkTable[] => {
    const { packages, brands = [] } = table;
    const held = brands.filter(isHeld);
    if (packages !== undefined && !packages.some(isLoaded) && held.length === 0) return [];
    // an object literal is known by what it has as a whole, wherever it stands
    return [{ ...table, brands: brands.filter((b) => b.interface || held.includes(b)) }];
  });
}

function packagesLoaded({ units }: Program): Set<string> {
  const names = new Set<string>();
  const add = (specifier: string) => {
    const [name] = /^(?:@[^/]+\/)?[^/@.][^/]*/.exec(specifier) ?? [];
    if (name !== undefined) names.add(name);
  };
  for (const { imports, exports, loads } of units) {
    for (const { specifier } of imports) add(specifier);
    for (const e of exports) if (e.kind !== "value") add(e.specifier);
    loads.forEach(add);
  }
  return names;
}

/** `module.exports.get = …`, `C.prototype.get = …` */
const HOLDERS = new Set(["exports", "prototype"]);

/** Names of members of each class, and of what is written to each variable. */
function* memberSets({ classes, mutatedVariables }: Program): Generator<ReadonlySet<string>> {
  for (const c of classes) {
    const members = new Set(classMembers(c));
    if (members.size > 2) yield members;
  }
  for (const { writes } of mutatedVariables) {
    if (writes.length < 2) continue;
    yield new Set(writes.flatMap(({ path: [first, second] }) => (HOLDERS.has(first!) ? second : first) ?? []));
  }
}
