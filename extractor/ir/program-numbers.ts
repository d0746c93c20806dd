import { specifiersOf } from "./loaded-files.ts";
import type { Program } from "./program.ts";

/**
 * Gives units the same `programNumber` whose files load one another, directly or through others: by imports, by
 * `require`, or by a call that is given the other's path, such as `new Worker("./worker.js")`. A package often holds
 * several programs, each with its own copy of the same sources: what one calls is never a function of another.
 */
export function numberPrograms({ files, resolve, units }: Pick<Program, "files" | "resolve" | "units">): void {
  const parents = new Map<string, string>();
  const rootOf = (path: string): string => {
    let root = path;
    for (let up = parents.get(root); up !== undefined; up = parents.get(root)) root = up;
    if (root !== path) parents.set(path, root);
    return root;
  };
  for (const unit of units) {
    for (const specifier of specifiersOf(unit)) {
      const loaded = resolve(unit.file, specifier);
      if (loaded === null) continue;
      const [from, to] = [rootOf(unit.file), rootOf(loaded.path)];
      if (from !== to) parents.set(from, to);
    }
  }
  const numbers = new Map([...files.keys()].map((path, i) => [path, i]));
  for (const unit of units) unit.programNumber = numbers.get(rootOf(unit.file))!;
}
