import semver from "semver";
import type { AcquireOptions } from "./acquire/acquired.ts";
import { describeReleases, listReleases, type ReleaseDist, type Releases } from "./acquire/releases.ts";
import { resolveSpec } from "./acquire/spec.ts";
import { ExtractorError } from "./errors.ts";
import { DiagnosticLog } from "./model/diagnostic.ts";
import { loadSignatures } from "./signatures/load.ts";

/** What the registry has published for a tool or package, the oldest first. */
export async function releasesOf(spec: string, options: AcquireOptions): Promise<Releases> {
  const { tools } = await loadSignatures();
  return listReleases(spec, { tools, options, log: new DiagnosticLog() });
}

/**
 * The published versions that a spec means, with their tarballs and days, the oldest first: all of `tool`, those of a
 * range, or the one of a version.
 * @throws ExtractorError where there is none
 */
export async function releasesMeant(
  spec: string,
  options: AcquireOptions,
): Promise<{ name: string; releases: ReleaseDist[] }> {
  const { tools } = await loadSignatures();
  const { name, wanted, releases } = await describeReleases(spec, { tools, options, log: new DiagnosticLog() });
  if (wanted === "*" || wanted === "") return { name, releases };
  const meant = releases.filter(({ version }) => version === wanted || semver.satisfies(version, wanted));
  if (meant.length > 0) return { name, releases: meant };
  throw new ExtractorError("not-found", `${name} has no version ${wanted}`, {
    hint: `the newest is ${releases.at(-1)?.version ?? "none"}; a version or a range such as ^2.1 can be named`,
  });
}

/**
 * `tool@1.2.0..1.3.0` -> specs of both and of every release between, the oldest first; null for a spec that is no
 * range. Pre-releases count only where an end is one.
 * @throws ExtractorError where an end is not published or the ends are the wrong way round
 */
export async function releasesBetween(spec: string, options: AcquireOptions): Promise<string[] | null> {
  const [, name, first, last] = /^((?![./~]|[a-z]:\\).+)@([^@/]+)\.\.([^@/]+)$/i.exec(spec) ?? [];
  if (name === undefined || first === undefined || last === undefined) return null;
  const { versions } = await releasesOf(name, options);
  const [from, to] = [first, last].map((version) => versions.indexOf(semver.clean(version) ?? version));
  const missing = from === -1 ? first : last;
  if (from === -1 || to === -1) {
    throw new ExtractorError("not-found", `${name} has no version ${missing}`, {
      hint: "a range is NAME@FROM..TO, two published versions",
    });
  }
  if (from! >= to!) {
    throw new ExtractorError("usage", `${first} is not older than ${last}`, {
      hint: "a range goes from the older to the newer version",
    });
  }
  const early = semver.prerelease(first) !== null || semver.prerelease(last) !== null;
  const wanted = versions.slice(from, to! + 1).filter((version) => early || semver.prerelease(version) === null);
  return wanted.map((version) => `${name}@${version}`);
}

/** The releases from a version on, pre-releases left out. */
export function releasesSince({ versions }: Releases, since: string | undefined): string[] {
  return versions.filter(
    (version) => semver.prerelease(version) === null && (since === undefined || semver.gte(version, since)),
  );
}

/** The release that a spec names with an exact version; null for ranges, tags, names alone and what is on this disk. */
export async function exactRelease(spec: string): Promise<{ name: string; version: string } | null> {
  const target = await resolveSpec(spec, (await loadSignatures()).tools);
  return target.kind === "path" || target.exact === null ? null : { name: target.name, version: target.exact };
}

export const isVersion = (text: string): boolean => semver.valid(text) !== null;

/** Older before newer; versions that aren't semantic stand first, by text. */
export function compareVersions(a: string, b: string): number {
  const [left, right] = [semver.valid(a), semver.valid(b)];
  if (left !== null && right !== null) return semver.compareBuild(left, right);
  return Number(left !== null) - Number(right !== null) || (a < b ? -1 : a > b ? 1 : 0);
}
