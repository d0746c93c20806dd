import { ExtractorError } from "../errors.ts";
import type { AcquireContext, Acquired } from "./acquired.ts";
import { cacheFolder, ensureWritable, isUnwritable, temporaryFolder, unwritable } from "./cache-folder.ts";
import { loadNpmOptions, type NpmOptions, registryOf } from "./npm-config.ts";
import { npmFailure } from "./npm-failure.ts";
import type { RegistryTarget } from "./spec.ts";
import { type StoredTarball, TarballStore } from "./tarball-store.ts";

/** What the registry says about the one version that was chosen. */
interface Release {
  name: string;
  version: string;
  tarball: string;
  /** Subresource-integrity string, or null where the registry gives none. */
  integrity: string | null;
}

/**
 * A package from the registry the person's npm configuration names. An exact version that was fetched before needs no network.
 * @throws ExtractorError `not-found`, `network`, `offline`, `integrity`, `bad-input`
 */
export async function acquireFromRegistry(target: RegistryTarget, context: AcquireContext): Promise<Acquired> {
  const { options, log } = context;
  const folder = options.cache ? cacheFolder(options.cacheDir) : temporaryFolder();
  const store = new TarballStore(folder);
  // The list of versions is asked for twice, and fetched once.
  const packumentCache = new Map();
  const npm: NpmOptions = { ...(await loadNpmOptions(options)), cache: store.folder, packumentCache };
  const registry = registryOf(target.scope, npm);
  const keyOf = (version: string) => `tarball ${registry} ${target.name} ${version}`;

  const known = target.exact === null ? null : await store.find(keyOf(target.exact));
  if (known && target.exact !== null) return acquired(target, target.exact, known, context);
  await ensureWritable(store.folder);
  try {
    options.onProgress?.({ step: "resolve", spec: target.npmSpec });
    const release = await choose(target, npm);
    const kept = await store.find(keyOf(release.version));
    if (kept && kept.vouched === release.integrity) return acquired(target, release.version, kept, context);
    if (options.offline) throw Object.assign(new Error("not cached"), { code: "ENOTCACHED" });
    if (release.integrity === null) {
      log.add("integrity-unverified", `${registry} gives no checksum for ${release.name}@${release.version}`);
    }
    const fetched = await download(release, npm, store, keyOf(release.version), (bytes) =>
      options.onProgress?.({ step: "download", spec: target.npmSpec, bytes }),
    );
    return acquired(target, release.version, fetched, context);
  } catch (error) {
    if (isUnwritable(error)) throw unwritable(store.folder, error);
    throw npmFailure(error, { ...target, registry });
  }
}

async function choose(target: RegistryTarget, npm: NpmOptions): Promise<Release> {
  const { default: pacote } = await import("pacote");
  const ask = (options: NpmOptions) => pacote.manifest(target.npmSpec, options);
  const manifest = await ask(npm).catch((error: { code?: string }) => {
    // The list of versions may be a few minutes old, and what is wanted a few seconds.
    if (error.code === "ETARGET" && !npm.offline) return ask({ ...npm, preferOnline: true, packumentCache: new Map() });
    throw error;
  });
  if (!manifest._resolved) {
    throw new ExtractorError("not-found", `the registry names no tarball for ${target.npmSpec}`, {
      hint: "choose another version",
    });
  }
  return {
    name: manifest.name,
    version: manifest.version,
    tarball: manifest._resolved,
    integrity: manifest._integrity || null,
  };
}

async function download(
  release: Release,
  npm: NpmOptions,
  store: TarballStore,
  key: string,
  onBytes: (bytes: number) => void,
): Promise<StoredTarball> {
  const { default: pacote } = await import("pacote");
  return pacote.tarball.stream(
    `${release.name}@${release.version}`,
    (stream) => store.keep(key, stream, release.integrity, onBytes),
    { ...npm, resolved: release.tarball, ...(release.integrity !== null && { integrity: release.integrity }) },
  );
}

function acquired(
  target: RegistryTarget,
  version: string,
  tarball: StoredTarball,
  { tools }: Pick<AcquireContext, "tools">,
): Acquired {
  return {
    identity: { name: target.name, version, integrity: tarball.vouched ?? tarball.integrity, spec: target.spec },
    tool: tools.find((tool) => tool.package === target.name)?.id ?? null,
    artifact: tarball.artifact,
  };
}
