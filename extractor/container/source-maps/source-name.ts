/**
 * `../src/a.ts`, `src/a.ts?1a2b`, `webpack://name/./src/a.ts`, `/home/me/src/a.ts` -> a path that leads nowhere
 * outside.
 */
export function sourceName(source: string): string {
  const path = source
    .replace(/^[a-z][a-z0-9+.-]*:\/\/(\/|[^/]*\/)?/i, "")
    .replace(/\\/g, "/")
    .replace(/\?\w+$/, "");
  const parts = path.split("/").filter((part) => part !== "" && part !== "." && part !== "..");
  return parts.join("/") || source;
}
