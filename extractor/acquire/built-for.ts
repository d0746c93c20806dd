import type { AcquireContext } from "./acquired.ts";
import { cacheFolder, temporaryFolder } from "./cache-folder.ts";
import { chooseVersion } from "./choose-version.ts";
import { loadNpmOptions, registryOf } from "./npm-config.ts";
import { npmFailure } from "./npm-failure.ts";
import { resolveSpec } from "./spec.ts";

/**
 * What a manifest says of the machines that its package is for, as Node names systems and processors; `!win32` for
 * all others.
 */
export interface BuiltFor {
  os: string[];
  cpu: string[];
  libc: string[];
}

/**
 * What the registry says a package is built for; nothing of the package itself is fetched.
 * @returns null for what is no package of a registry, or has no such version
 * @throws ExtractorError `not-found`, `network`, `offline`
 */
export async function builtFor(spec: string, { tools, options }: AcquireContext): Promise<BuiltFor | null> {
  const target = await resolveSpec(spec, tools);
  if (target.kind === "path") return null;
  const { default: pacote } = await import("pacote");
  const npm = await loadNpmOptions(options);
  const cache = options.cache ? cacheFolder(options.cacheDir) : temporaryFolder();
  try {
    const packument = await pacote.packument(target.name, { ...npm, cache });
    const version = chooseVersion(packument, target.wanted, null);
    if (version === null) return null;
    const { os, cpu, libc } = packument.versions[version] as unknown as Record<string, unknown>;
    return { os: texts(os), cpu: texts(cpu), libc: texts(libc) };
  } catch (error) {
    throw npmFailure(error, { ...target, registry: registryOf(target.scope, npm), before: null });
  }
}

const texts = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter((item): item is string => typeof item === "string");
