import type { Hole, HoleKind } from "../../model/template.ts";

/** Two letters and fewer are a minifier's, but for these. */
const SHORT_WORDS = new Set(["id", "ip", "os", "to", "at"]);

/** Functions and members of the language: what they are called says how a part came about, and not what it is. */
const SAYS_NOTHING = new Set(
  (
    "any part more parseInt parseFloat Number String Boolean BigInt toString toLocaleString valueOf toJSON stringify parse get set has " +
    "call apply bind map filter find reduce flat concat join slice splice substring substr split trim trimStart trimEnd replace " +
    "replaceAll match matchAll exec test padStart padEnd repeat at charAt pop shift push next min max abs floor ceil round random " +
    "toFixed toLowerCase toUpperCase toISOString toUTCString getTime now keys values entries from of assign then catch finally " +
    "resolve all race btoa atob encode decode encodeURIComponent decodeURIComponent encodeURI decodeURI escape unescape normalize " +
    "digest update fetch read write json text item entry index character settled list undefined null"
  ).split(" "),
);

const NUMBERED = /^[a-z]{2}[a-z]*(?:[2-9]|[1-9]\d)$/i;

/** What a hole is called where the source has no name for it. */
const FALLBACK = {
  env: "variable",
  config: "setting",
  flag: "flag",
  argument: "argument",
  param: "value",
  response: "answer",
  time: "time",
  loop: "repeated",
  unknown: "unknown",
} satisfies Record<HoleKind, string>;

/**
 * Gives each hole of one endpoint its printed name: readable, safe in a URL template, and the same name only for the
 * same hole.
 */
export class HoleNames {
  readonly #byHole = new Map<string, string>();
  readonly #taken = new Map<string, Hole>();

  /** @param place what it is by where it stands; decides where its own name says nothing */
  name(hole: Hole, place: string | null = null): string {
    const own = ownName(hole);
    const wanted = own ?? place ?? FALLBACK[hole.kind];
    // two of them are hardly the same
    const isNobody = own === null && hole.kind === "unknown";
    const identity = `${hole.kind} ${hole.original ?? hole.name} ${hole.from ?? ""}${isNobody ? ` ${wanted}` : ""}`;
    const known = this.#byHole.get(identity);
    if (known !== undefined) return known;
    let name = wanted;
    for (let i = 2; this.#taken.has(name); i++) name = `${wanted}_${i}`;
    this.#byHole.set(identity, name);
    this.#taken.set(name, hole);
    return name;
  }

  /** The hole behind a printed name. */
  get(name: string): Hole | undefined {
    return this.#taken.get(name);
  }
}

/** Null where it is none that a reader could use. */
function ownName({ kind, name, original }: Hole): string | null {
  const clean = (original ?? name)
    .replace(/[^\p{L}\p{N}_$.-]+/gu, ".")
    .replace(/^[.$]+|[.]+$/g, "")
    .slice(0, 60);
  if (clean === "") return null;
  // names of the outside world are kept as they are
  if (kind === "env" || kind === "config" || kind === "flag") return clean;
  if (SAYS_NOTHING.has(clean)) return null;
  // a bundler tells two of one name apart: `url`, `url2`, `url3`
  if (original === undefined && (kind === "param" || kind === "unknown") && NUMBERED.test(clean))
    return ownName({ kind, name: clean.replace(/\d+$/, "") });
  return clean.length > 2 || SHORT_WORDS.has(clean.toLowerCase()) ? clean : null;
}

/** How much a hole says, for choosing between two forms of the same template: least is best. */
export const HOLE_RANK = {
  env: 0,
  config: 1,
  flag: 2,
  response: 3,
  argument: 4,
  time: 5,
  param: 6,
  loop: 7,
  unknown: 8,
} satisfies Record<HoleKind, number>;
