import { grouped } from "../../model/group.ts";
import { versionOrder } from "./version-order.ts";

export interface ReleaseChoice {
  /** From this version on, or from this day on (ISO 8601). */
  since?: string;
  /** The newest of each minor, or of each major version. */
  each?: "minor" | "major";
  /** The newest so many. */
  last?: number;
  /** So many, spread evenly from the oldest to the newest, both included. */
  spread?: number;
  /** Pre-releases as well. A package that has nothing else gives them in any case. */
  prereleases?: boolean;
}

interface Dated {
  version: string;
  published: string | null;
}

const DAY = /^\d{4}-\d\d-\d\d/;

/** @param releases the oldest first @returns those that are wanted, the oldest first */
export function chooseReleases<T extends Dated>(releases: readonly T[], choice: ReleaseChoice): T[] {
  const { since, each, last, spread } = choice;
  let left = withoutEarly(releases, choice.prereleases === true);
  if (since !== undefined) left = left.filter((release) => isSince(release, since));
  if (each !== undefined) left = [...grouped(left, ({ version }) => family(version, each)).values()].map(newest);
  if (last !== undefined) left = left.slice(-last);
  return spread === undefined ? left : spreadOver(left, spread);
}

const isEarly = ({ version }: Dated): boolean => version.split("+")[0]!.includes("-");

function withoutEarly<T extends Dated>(releases: readonly T[], prereleases: boolean): T[] {
  const finished = releases.filter((release) => !isEarly(release));
  return prereleases || finished.length === 0 ? [...releases] : finished;
}

/** Of a day: what the registry gives no date for is left out. */
function isSince({ version, published }: Dated, since: string): boolean {
  if (DAY.test(since)) return published !== null && published >= since;
  return versionOrder(version) >= versionOrder(since);
}

const family = (version: string, each: "minor" | "major"): string =>
  version
    .split(".")
    .slice(0, each === "minor" ? 2 : 1)
    .join(".");

const newest = <T>(releases: readonly T[]): T => releases.at(-1)!;

function spreadOver<T>(releases: readonly T[], wanted: number): T[] {
  if (releases.length <= wanted) return [...releases];
  if (wanted === 1) return [releases.at(-1)!];
  return Array.from({ length: wanted }, (_, at) => releases[Math.round((at * (releases.length - 1)) / (wanted - 1))]!);
}
