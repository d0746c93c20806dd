import semver from "semver";
import { ExtractorError } from "../errors.ts";
import type { AcquireContext } from "./acquired.ts";
import { cacheFolder, temporaryFolder } from "./cache-folder.ts";
import type { Published } from "./choose-version.ts";
import { loadNpmOptions, registryOf } from "./npm-config.ts";
import { npmFailure } from "./npm-failure.ts";
import { dateOf, integrityOf } from "./packument-words.ts";
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

/** One version, as far as the registry's list tells. */
export interface ReleaseDist {
  version: string;
  /** UTC, ISO 8601; null where the registry doesn't say. */
  published: string | null;
  /** Subresource-integrity string, or null where the registry gives none. */
  integrity: string | null;
  /** Bytes that it unpacks to; 0 where the registry doesn't say. */
  bytes: number;
}

/**
 * All versions of a tool or npm package. The registry is asked each time unless it is offline, since this is how new
 * ones are noticed.
 * @throws ExtractorError `usage` for a path, `not-found`, `network`, `offline`
 */
export async function listReleases(spec: string, context: AcquireContext): Promise<Releases> {
  const { target, packument } = await packumentOf(spec, context, false);
  return {
    name: target.name,
    tool: context.tools.find((tool) => tool.package === target.name)?.id ?? null,
    versions: sortedVersions(packument),
    latest: packument["dist-tags"]?.latest ?? null,
  };
}

/**
 * The same versions with their tarballs and days, the oldest first.
 * @returns wanted: the version, range or tag that the spec names; `*` where it names none
 * @throws ExtractorError as listReleases
 */
export async function describeReleases(
  spec: string,
  context: AcquireContext,
): Promise<{ name: string; wanted: string; releases: ReleaseDist[] }> {
  const { target, packument } = await packumentOf(spec, context, true);
  const { time }: Published = packument;
  const releases = sortedVersions(packument).map((version) => {
    const { dist } = packument.versions[version]!;
    return {
      version,
      published: dateOf(time?.[version]),
      integrity: integrityOf(dist),
      bytes: Number((dist as { unpackedSize?: number }).unpackedSize ?? 0),
    };
  });
  return { name: target.name, wanted: target.wanted, releases };
}

const sortedVersions = ({ versions }: { versions: object }): string[] =>
  Object.keys(versions)
    .filter((version) => semver.valid(version) !== null)
    .sort(semver.compareBuild);

async function packumentOf(spec: string, { tools, options }: AcquireContext, fullMetadata: boolean) {
  const target = await resolveSpec(spec, tools);
  if (target.kind === "path") {
    throw new ExtractorError("usage", `${spec} has no versions: it is on this disk`, {
      hint: "name a known tool or an npm package",
    });
  }
  const { default: pacote } = await import("pacote");
  const npm = await loadNpmOptions(options);
  const cache = options.cache ? cacheFolder(options.cacheDir) : temporaryFolder();
  const asked = { ...npm, cache, preferOnline: !options.offline, fullMetadata };
  try {
    return { target, packument: await pacote.packument(target.name, asked) };
  } catch (error) {
    throw npmFailure(error, { ...target, registry: registryOf(target.scope, npm), before: null });
  }
}
