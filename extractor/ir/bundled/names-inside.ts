import type { Program } from "../program.ts";
import { CacheKey } from "../program-cache.ts";
import type { Func } from "../unit.ts";

const inner = new CacheKey<Program, Map<Func, Func[]>>();

/** Names of the functions written inside another, at any depth: those of members, methods and variables. */
export function namesInside(program: Program, f: Func): Set<string> {
  const written = program.cache.once(inner, program, () => byOuter(program));
  const names = new Set<string>();
  const queue = [f];
  for (let g = queue.pop(); g !== undefined; g = queue.pop()) {
    for (const name of g.aliases) names.add(name);
    for (const h of written.get(g) ?? []) queue.push(h);
  }
  return names;
}

function byOuter({ units }: Program): Map<Func, Func[]> {
  const written = new Map<Func, Func[]>();
  for (const { functions } of units) {
    for (const f of functions) {
      if (f.outer === null) continue;
      const known = written.get(f.outer);
      if (known === undefined) written.set(f.outer, [f]);
      else known.push(f);
    }
  }
  return written;
}
