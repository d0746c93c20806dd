import { builtinModules } from "node:module";

const BUILTIN = new Set(builtinModules);

/** `https` and `node:https` are one module; other packages keep their name. */
export function builtinModule(specifier: string): string {
  const bare = specifier.replace(/^node:/, "");
  return BUILTIN.has(bare) ? `node:${bare}#` : `${specifier}#`;
}
