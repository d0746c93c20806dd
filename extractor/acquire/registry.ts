import { ExtractorError } from "../errors.ts";
import type { AcquireContext, Acquired, AcquireOptions } from "./acquired.ts";
import { cacheFolder, ensureWritable, isUnwritable, temporaryFolder, unwritable } from "./cache-folder.ts";
import { chooseVersion, type Published } from "./choose-version.ts";
import { loadNpmOptions, type NpmOptions, registryOf } from "./npm-config.ts";
import { npmFailure } from "./npm-failure.ts";
import { dateOf, integrityOf } from "./packument-words.ts";
import type { RegistryTarget } from "./spec.ts";
import { type StoredTarball, TarballStore } from "./tarball-store.ts";

/** What the registry says about the one version that was chosen. */
interface Release {
  name: string;
  version: string;
  tarball: string;
  /** Subresource-integrity string, or null where the registry gives none. */
  integrity: string | null;
  /** UTC, ISO 8601; null where the registry doesn't say; undefined where it wasn't asked. */
  published: string | null | undefined;
}

/**
 * A package from the registry the person's npm configuration names. An exact version that was fetched before needs no
 * network.
 * @throws ExtractorError `not-found`, `network`, `offline`, `integrity`, `bad-input`
 */
export async function acquireFromRegistry(target: RegistryTarget, context: AcquireContext): Promise<Acquired> {
  const { options, log } = context;
  const folder = options.cache ? cacheFolder(options.cacheDir) : temporaryFolder();
  const store = new TarballStore(folder);
  // The list of versions is asked for twice, and fetched once.
  const packumentCache = new Map();
  const fullMetadata = needsDate(options);
  const npm: NpmOptions = { ...(await loadNpmOptions(options)), cache: store.folder, packumentCache, fullMetadata };
  const registry = registryOf(target.scope, npm);
  const keyOf = (version: string) => `tarball ${registry} ${target.name} ${version}`;

  const known = target.exact === null ? null : await store.find(keyOf(target.exact));
  if (known && target.exact !== null && !lacksDate(known, options)) {
    checkBefore(target, known.published ?? null, options);
    return acquired(target, target.exact, known, context);
  }
  await ensureWritable(store.folder);
  try {
    options.onProgress?.({ step: "resolve", spec: target.npmSpec });
    const release = await choose(target, npm, options);
    const kept = await store.find(keyOf(release.version));
    if (kept && kept.vouched === release.integrity) {
      const { published } = release;
      if (published === undefined || published === kept.published)
        return acquired(target, release.version, kept, context);
      return acquired(target, release.version, await store.date(keyOf(release.version), kept, published), context);
    }
    if (options.offline) throw Object.assign(new Error("not cached"), { code: "ENOTCACHED" });
    if (release.integrity === null) {
      log.add("integrity-unverified", `${registry} gives no checksum for ${release.name}@${release.version}`);
    }
    const provenance = { vouched: release.integrity, published: release.published };
    const fetched = await download(release, npm, (stream) =>
      store.keep(keyOf(release.version), stream, provenance, (bytes) =>
        options.onProgress?.({ step: "download", spec: target.npmSpec, bytes }),
      ),
    );
    return acquired(target, release.version, fetched, context);
  } catch (error) {
    if (isUnwritable(error)) throw unwritable(store.folder, error);
    throw npmFailure(error, { ...target, registry, before: options.before ?? null });
  }
}

const needsDate = ({ dated, before }: AcquireOptions): boolean => dated !== false || before !== undefined;

/** What a package brought with it was kept without its date, which its own report is to say. */
const lacksDate = ({ published }: StoredTarball, options: AcquireOptions): boolean =>
  published === undefined && needsDate(options) && !options.offline;

/** @throws ExtractorError where the one version that was asked for came out later than that day */
function checkBefore({ name, exact }: RegistryTarget, published: string | null, { before }: AcquireOptions): void {
  if (before === undefined || published === null || Date.parse(published) < Date.parse(before)) return;
  throw new ExtractorError("not-found", `${name} ${exact} was published on ${published.slice(0, 10)}`, {
    hint: `leave the version out for the last one before ${before}`,
  });
}

async function choose(target: RegistryTarget, npm: NpmOptions, options: AcquireOptions): Promise<Release> {
  const ask = (how: NpmOptions) => chosen(target, how, options);
  return ask(npm).catch((error: { code?: string }) => {
    // The list of versions may be a few minutes old, and what is wanted a few seconds.
    if (error.code === "ETARGET" && !npm.offline) return ask({ ...npm, preferOnline: true, packumentCache: new Map() });
    throw error;
  });
}

async function chosen(target: RegistryTarget, npm: NpmOptions, options: AcquireOptions): Promise<Release> {
  const { default: pacote } = await import("pacote");
  const packument = await pacote.packument(target.name, npm);
  const { time }: Published = packument;
  const before = options.before === undefined ? null : Date.parse(options.before);
  const version = chooseVersion(packument, target.wanted, before);
  if (version === null) {
    const versions = Object.keys(packument.versions ?? {});
    throw Object.assign(new Error("no such version"), {
      code: "ETARGET",
      versions,
      distTags: packument["dist-tags"],
    });
  }
  const { dist } = packument.versions[version]!;
  if (!dist?.tarball) {
    throw new ExtractorError("not-found", `the registry names no tarball for ${target.npmSpec}`, {
      hint: "choose another version",
    });
  }
  const integrity = integrityOf(dist);
  const published = needsDate(options) ? dateOf(time?.[version]) : undefined;
  return { name: target.name, version, tarball: dist.tarball, integrity, published };
}

async function download(
  release: Release,
  npm: NpmOptions,
  keep: (stream: NodeJS.ReadableStream) => Promise<StoredTarball>,
): Promise<StoredTarball> {
  const { default: pacote } = await import("pacote");
  return pacote.tarball.stream(`${release.name}@${release.version}`, keep, {
    ...npm,
    resolved: release.tarball,
    ...(release.integrity !== null && { integrity: release.integrity }),
  });
}

function acquired(
  target: RegistryTarget,
  version: string,
  tarball: StoredTarball,
  { tools }: Pick<AcquireContext, "tools">,
): Acquired {
  return {
    identity: {
      name: target.name,
      version,
      ...(tarball.published ? { published: tarball.published } : {}),
      integrity: tarball.vouched ?? tarball.integrity,
      spec: target.spec,
    },
    tool: tools.find((tool) => tool.package === target.name)?.id ?? null,
    artifact: tarball.artifact,
  };
}
