import { ExtractorError } from "../errors.ts";
import { oneLine } from "./one-line.ts";

export const PLATFORMS = [
  "linux-x64",
  "linux-arm64",
  "darwin-arm64",
  "darwin-x64",
  "win32-x64",
  "win32-arm64",
] as const;

/** Strings of native code can be read on this one. */
export const DEFAULT_PLATFORM: Platform = "linux-x64";

export type Platform = (typeof PLATFORMS)[number];

/** A package that holds another one's program for one platform. */
export interface PlatformPackage {
  /** As the wrapper depends on it. */
  name: string;
  /** What to acquire: `name@version`, an alias resolved. */
  spec: string;
  platform: Platform;
}

/** How packages spell systems and processors, part by part of their name. */
const SYSTEMS: Record<string, string> = {
  linux: "linux",
  darwin: "darwin",
  macos: "darwin",
  osx: "darwin",
  win32: "win32",
  windows: "win32",
};
const PROCESSORS: Record<string, string> = {
  x64: "x64",
  amd64: "x64",
  x86_64: "x64",
  arm64: "arm64",
  aarch64: "arm64",
};

/**
 * `--platform`: one of `PLATFORMS`, or `all`.
 * @throws ExtractorError `usage` for anything else
 */
export function parsePlatform(text: string): Platform | "all" {
  const found = [...PLATFORMS, "all" as const].find((platform) => platform === text);
  if (found !== undefined) return found;
  throw new ExtractorError("usage", `unknown platform "${oneLine(text)}"`, {
    hint: `use one of ${PLATFORMS.join(", ")}, or all`,
  });
}

/**
 * The packages that hold the program of a thin wrapper, for one platform or each of them: optional dependencies named after a
 * system and a processor that belong to the package itself. Those of libraries it uses (an image codec, say) don't count.
 * Of several builds for one platform (musl, baseline processor) the plain one is taken. Empty where there is no wrapper.
 * @param packageJson text of the wrapper's `package.json`, which may be anything
 */
export function platformPackages(packageJson: string, platform: Platform | "all"): PlatformPackage[] {
  const wrapper = readManifest(packageJson);
  const best = new Map<Platform, { found: PlatformPackage; variants: number }>();
  for (const [name, wanted] of Object.entries(wrapper.optionalDependencies)) {
    const built = platformOf(name);
    if (built === null || (platform !== "all" && built.platform !== platform)) continue;
    const target = resolveAlias(name, wanted);
    if (target === null || !belongsTo(wrapper, built.stem, target)) continue;
    const found = { name, spec: `${target.name}@${target.version}`, platform: built.platform };
    const known = best.get(built.platform);
    if (known === undefined || built.variants < known.variants)
      best.set(built.platform, { found, variants: built.variants });
  }
  return PLATFORMS.flatMap((each) => best.get(each)?.found ?? []);
}

interface Manifest {
  name: string;
  version: string;
  optionalDependencies: Record<string, string>;
}

function readManifest(json: string): Manifest {
  const manifest: Manifest = { name: "", version: "", optionalDependencies: {} };
  let parsed: unknown;
  try {
    parsed = JSON.parse(json.replace(/^\ufeff/, ""));
  } catch {
    return manifest;
  }
  const { name, version, optionalDependencies } = (Object(parsed) ?? {}) as Record<string, unknown>;
  if (typeof name === "string") manifest.name = name;
  if (typeof version === "string") manifest.version = version;
  for (const [key, value] of Object.entries(Object(optionalDependencies) as Record<string, unknown>))
    if (typeof value === "string") manifest.optionalDependencies[key] = value;
  return manifest;
}

/** Platform a package is named after, its name without that, and how many further parts (musl, baseline, …) follow. */
function platformOf(name: string): { platform: Platform; stem: string; variants: number } | null {
  const parts = name.replace("x86_64", "x64").split("-");
  // The scope may stand directly before: `@tool/linux-x64`.
  const at = parts.findIndex((part) => Object.hasOwn(SYSTEMS, part.slice(part.lastIndexOf("/") + 1)));
  const system = SYSTEMS[parts[at]?.slice(parts[at].lastIndexOf("/") + 1) ?? ""];
  const processor = PROCESSORS[parts[at + 1] ?? ""];
  const platform = PLATFORMS.find((each) => each === `${system}-${processor}`);
  if (at < 0 || platform === undefined) return null;
  const stem = [...parts.slice(0, at), parts[at]!.slice(0, parts[at]!.lastIndexOf("/") + 1)]
    .join("-")
    .replace(/[-/]$/, "");
  return { platform, stem, variants: parts.length - at - 2 };
}

/** Only what a registry gives: no git, no URL, no file. */
function resolveAlias(name: string, wanted: string): { name: string; version: string } | null {
  const alias = /^npm:((?:@[^@/\s]+\/)?[^@/\s]+)@([^@\s]+)$/.exec(wanted);
  if (alias !== null) return { name: alias[1]!, version: alias[2]! };
  return /^[\w.+~^*<>=| -]+$/.test(wanted) ? { name, version: wanted } : null;
}

function belongsTo(wrapper: Manifest, stem: string, target: { name: string; version: string }): boolean {
  const isPinned = target.version === wrapper.version || target.version.startsWith(`${wrapper.version}-`);
  return target.name === wrapper.name || stem === wrapper.name || (wrapper.version !== "" && isPinned);
}
