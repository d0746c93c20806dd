import { createRequire } from "node:module";

/**
 * A library of the CommonJS kind, by a way that leaves out what `import` does first: read all of it for the names it
 * exports. For a parser that takes longer than to load it.
 */
export const commonJs = createRequire(import.meta.url) as <T>(specifier: string) => T;
