import semver from "semver";

/** What a registry says about a package, as far as a version is chosen by it. */
export interface Published {
  "dist-tags"?: Record<string, string>;
  versions?: Record<string, unknown>;
  /** Version -> when it was published, among other times. */
  time?: Record<string, string>;
}

/**
 * The version that a person means: the one behind a tag, or the highest of a range, whatever Node it asks for and
 * whether or not it is deprecated. npm itself prefers what would run on the Node at hand; a package that is only read
 * needs none. Before a day, a tag means the highest version up to the tagged one that was out by then: what the tag
 * said on that day is nowhere kept.
 * @param wanted exact version, range or tag; `*` and the empty text are the tag `latest`
 * @param before milliseconds since 1970; null for no bound. Versions without a time count as older.
 * @returns null where there is none
 */
export function chooseVersion(published: Published, wanted: string, before: number | null): string | null {
  const { "dist-tags": tags = {}, versions = {}, time = {} } = published;
  const isOut = (version: string) => before === null || !(Date.parse(time[version] ?? "") >= before);
  const out = Object.keys(versions).filter((version) => semver.valid(version, LOOSE) !== null && isOut(version));
  const exact = semver.clean(wanted, LOOSE);
  if (exact !== null) return out.find((version) => version === exact || version === wanted) ?? null;
  const asked = wanted.trim();
  const isDefault = asked === "" || asked === "*";
  const tag = isDefault ? "latest" : asked;
  const tagged = Object.hasOwn(tags, tag) ? tags[tag]! : null;
  if (tagged !== null && Object.hasOwn(versions, tagged)) {
    return isOut(tagged) ? tagged : highest(out, `<=${tagged}`, semver.prerelease(tagged) !== null);
  }
  return isDefault ? (highest(out, "*", false) ?? highest(out, "*", true)) : highest(out, asked, false);
}

const LOOSE = { loose: true };

const highest = (versions: readonly string[], range: string, includePrerelease: boolean): string | null =>
  semver.maxSatisfying([...versions], range, { loose: true, includePrerelease });
