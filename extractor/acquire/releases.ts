import semver from "semver";
import { ExtractorError } from "../errors.ts";
import type { AcquireContext } from "./acquired.ts";
import { cacheFolder, temporaryFolder } from "./cache-folder.ts";
import { loadNpmOptions, registryOf } from "./npm-config.ts";
import { npmFailure } from "./npm-failure.ts";
import { resolveSpec } from "./spec.ts";

/** What a registry has published under one name. */
export interface Releases {
  name: string;
  /** id in signatures/tools, or null. */
  tool: string | null;
  /** Every version, the oldest first by precedence of semantic versioning. */
  versions: string[];
  /** Version behind the tag `latest`, or null. */
  latest: string | null;
}

/**
 * All versions of a tool or npm package. The registry is asked each time unless it is offline, since this is how new
 * ones are noticed.
 * @throws ExtractorError `usage` for a path, `not-found`, `network`, `offline`
 */
export async function listReleases(spec: string, { tools, options }: AcquireContext): Promise<Releases> {
  const target = await resolveSpec(spec, tools);
  if (target.kind === "path") {
    throw new ExtractorError("usage", `${spec} has no versions: it is on this disk`, {
      hint: "name a known tool or an npm package",
    });
  }
  const { default: pacote } = await import("pacote");
  const npm = await loadNpmOptions(options);
  const cache = options.cache ? cacheFolder(options.cacheDir) : temporaryFolder();
  try {
    const packument = await pacote.packument(target.name, { ...npm, cache, preferOnline: !options.offline });
    return {
      name: target.name,
      tool: tools.find((tool) => tool.package === target.name)?.id ?? null,
      versions: Object.keys(packument.versions)
        .filter((version) => semver.valid(version) !== null)
        .sort(semver.compareBuild),
      latest: packument["dist-tags"]?.latest ?? null,
    };
  } catch (error) {
    throw npmFailure(error, { ...target, registry: registryOf(target.scope, npm), before: null });
  }
}
