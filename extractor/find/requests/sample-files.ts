import { specifiersOf } from "../../ir/loaded-files.ts";
import type { Program } from "../../ir/program.ts";
import { isSamplePath } from "../../model/apart.ts";

/**
 * Files of tests and examples that no other code of the program loads, by their paths; empty where there is no other
 * code.
 */
export function sampleFiles({ files, units, resolve }: Program): ReadonlySet<string> {
  const samples = new Set([...files.keys()].filter(isSamplePath));
  const code = new Set(units.map(({ file }) => file));
  if (samples.size === 0 || [...code].every((path) => samples.has(path))) return new Set();
  const queue = [...files.values()].filter(({ path }) => !samples.has(path));
  for (let file = queue.pop(); file !== undefined; file = queue.pop()) {
    for (const unit of file.units) {
      for (const specifier of specifiersOf(unit)) {
        const loaded = resolve(file.path, specifier);
        if (loaded !== null && samples.delete(loaded.path)) queue.push(loaded);
      }
    }
  }
  return samples;
}
