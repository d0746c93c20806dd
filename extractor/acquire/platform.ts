import { ExtractorError } from "../errors.ts";
import { DEFAULT_PLATFORM, PLATFORMS, type Platform } from "../model/platform.ts";
import type { BuiltFor } from "./built-for.ts";
import { type Manifest, PACKAGE_NAME, readManifest, registrySpec } from "./manifest.ts";

/** A package that holds another one's program for one platform. */
export interface PlatformTarget {
  /** As the wrapper depends on it. */
  name: string;
  /** What to acquire: `name@version`, an alias resolved. */
  spec: string;
  platform: Platform;
}

/** How packages spell systems and processors in their names. */
const SYSTEMS: Record<string, string> = {
  linux: "linux",
  darwin: "darwin",
  macos: "darwin",
  mac: "darwin",
  osx: "darwin",
  win32: "win32",
  windows: "win32",
  win: "win32",
};
const PROCESSORS: Record<string, string> = {
  x64: "x64",
  amd64: "x64",
  x86_64: "x64",
  "x86-64": "x64",
  intel: "x64",
  "64": "x64",
  arm64: "arm64",
  aarch64: "arm64",
};
const SYSTEM = Object.keys(SYSTEMS).join("|");
const PROCESSOR = Object.keys(PROCESSORS).join("|");
/** `linux-x64`, `win64`, `@tool/linux-64`, and as compilers write it `aarch64-apple-darwin`. */
const IN_NAME = new RegExp(
  `(?:^|[-_./@])(?:(${SYSTEM})[-_]?(${PROCESSOR})|(${PROCESSOR.replace("|64", "")})[-_](?:(?:unknown|pc|apple)[-_])?(${SYSTEM}))(?=$|[-_.])`,
);
/** Libraries that the plain build of a compiler's target names. */
const PLAIN = new Set(["", "gnu", "msvc"]);

/**
 * The packages that hold a wrapper's program, one for each platform, in the order of `PLATFORMS`: optional
 * dependencies named after a system and a processor that belong to the package itself. Those of libraries it uses (an
 * image codec, say) don't count. Of several builds for one platform (musl, baseline processor) the plain one is
 * taken. Empty where there is no wrapper.
 * @param packageJson text of the wrapper's `package.json`, which may be anything
 */
export function platformPackages(packageJson: string): PlatformTarget[] {
  const wrapper = readManifest(packageJson);
  const best = new Map<Platform, { found: PlatformTarget; variants: number }>();
  for (const [name, wanted] of Object.entries(wrapper.optionalDependencies)) {
    const built = platformOf(name);
    if (built === null || !PACKAGE_NAME.test(name)) continue;
    const target = registrySpec(name, wanted);
    if (target === null || !belongsTo(wrapper, built.stem, target)) continue;
    const found = { name, spec: `${target.name}@${target.version}`, platform: built.platform };
    const known = best.get(built.platform);
    if (known === undefined || built.variants < known.variants)
      best.set(built.platform, { found, variants: built.variants });
  }
  return PLATFORMS.flatMap((each) => best.get(each)?.found ?? []);
}

/** Packages of a wrapper that the registry is asked about: nobody builds for more machines. */
const MAX_ASKED = 24;

/**
 * The same; where no name says for which platform a package is, by the `os` and `cpu` of the manifests that the
 * registry has.
 * @param ask null for a package that nothing can be told of, which is left out
 */
export async function findPlatformPackages(
  packageJson: string,
  ask: (spec: string) => Promise<BuiltFor | null>,
): Promise<PlatformTarget[]> {
  const named = platformPackages(packageJson);
  if (named.length > 0) return named;
  const wrapper = readManifest(packageJson);
  const own = Object.entries(wrapper.optionalDependencies).flatMap(([name, wanted]) => {
    const target = PACKAGE_NAME.test(name) ? registrySpec(name, wanted) : null;
    return target !== null && belongsTo(wrapper, name, target)
      ? [{ name, spec: `${target.name}@${target.version}` }]
      : [];
  });
  const asked = await Promise.all(
    own.slice(0, MAX_ASKED).map(async (target) => ({ target, built: await ask(target.spec) })),
  );
  const plainFirst = [...asked.filter(({ built }) => !isMusl(built)), ...asked.filter(({ built }) => isMusl(built))];
  return PLATFORMS.flatMap((platform) => {
    const found = plainFirst.find(({ built }) => built !== null && fits(built, platform));
    return found === undefined ? [] : [{ ...found.target, platform }];
  });
}

const isMusl = (built: BuiltFor | null): boolean => built?.libc.length === 1 && built.libc[0] === "musl";

/** A package that names no system or no processor is for all machines, and holds no program for one. */
function fits({ os, cpu }: BuiltFor, platform: Platform): boolean {
  const [system, processor] = platform.split("-") as [string, string];
  return os.length > 0 && cpu.length > 0 && allows(os, system) && allows(cpu, processor);
}

const allows = (listed: readonly string[], name: string): boolean =>
  listed.includes(name) || (listed.every((each) => each.startsWith("!")) && !listed.includes(`!${name}`));

/**
 * Of a wrapper's platform packages the one wanted; without a wish that of the default platform, or else the first.
 * Null where there is none at all: the package is the same everywhere.
 * @throws ExtractorError `not-found` where others are there, but not the one that was asked for
 */
export function choosePlatform(targets: readonly PlatformTarget[], wanted: Platform | null): PlatformTarget | null {
  const found = targets.find(({ platform }) => platform === (wanted ?? DEFAULT_PLATFORM));
  if (found !== undefined || targets.length === 0) return found ?? null;
  if (wanted === null) return targets[0]!;
  throw new ExtractorError("not-found", `there is no package for ${wanted}`, {
    hint: `choose --platform ${targets.map(({ platform }) => platform).join(", ")} or all`,
  });
}

/** Platform a package is named after, its name without that, and how many further parts (musl, baseline, …) follow. */
function platformOf(name: string): { platform: Platform; stem: string; variants: number } | null {
  const found = IN_NAME.exec(name);
  if (found === null) return null;
  const [whole, system = found[4]!, processor = found[3]!] = found;
  const platform = PLATFORMS.find((each) => each === `${SYSTEMS[system]}-${PROCESSORS[processor]}`);
  if (platform === undefined) return null;
  const further = name.slice(found.index + whole.length).split(/[-_.]/);
  const variants = further.filter((part) => !PLAIN.has(part)).length;
  return { platform, stem: name.slice(0, found.index), variants };
}

function belongsTo(wrapper: Manifest, stem: string, target: { name: string; version: string }): boolean {
  const isPinned = target.version === wrapper.version || target.version.startsWith(`${wrapper.version}-`);
  return target.name === wrapper.name || stem === wrapper.name || (wrapper.version !== "" && isPinned);
}
