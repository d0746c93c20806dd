import type { AcquireContext, Acquired } from "./acquired.ts";
import { acquireFromPath } from "./local.ts";
import { resolveSpec } from "./spec.ts";

/**
 * Verified bytes for a spec: an alias of a tool, an npm spec (`npm:` forces one), or the path of a .tgz, a folder or
 * a file.
 * @throws ExtractorError `usage` (no such kind of spec), `not-found`, `network`, `offline`, `integrity`, `bad-input`
 */
export async function acquire(spec: string, context: AcquireContext): Promise<Acquired> {
  const target = await resolveSpec(spec, context.tools);
  if (target.kind === "path") return acquireFromPath(target, context);
  // npm's libraries take a tenth of a second to load.
  const { acquireFromRegistry } = await import("./registry.ts");
  return acquireFromRegistry(target, context);
}
