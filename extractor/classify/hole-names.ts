import type { Hole, HoleKind } from "../model/template.ts";

/** Two letters and fewer are a minifier's, but for these. */
const SHORT_WORDS = new Set(["id", "ip", "os", "to", "at"]);

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

/** Gives each hole of one endpoint its printed name: readable, safe in a URL template, and the same name only for the same hole. */
export class HoleNames {
  readonly #byHole = new Map<string, string>();
  readonly #taken = new Map<string, Hole>();

  name(hole: Hole): string {
    const identity = `${hole.kind} ${hole.original ?? hole.name} ${hole.from ?? ""}`;
    const known = this.#byHole.get(identity);
    if (known !== undefined) return known;
    const wanted = readable(hole);
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

function readable({ kind, name, original }: Hole): string {
  const clean = (original ?? name)
    .replace(/[^\p{L}\p{N}_$.-]+/gu, ".")
    .replace(/^[.$]+|[.]+$/g, "")
    .slice(0, 60);
  if (clean === "") return FALLBACK[kind];
  // names of the outside world are kept as they are
  const ownName = kind === "env" || kind === "config" || kind === "flag";
  return ownName || clean.length > 2 || SHORT_WORDS.has(clean.toLowerCase()) ? clean : FALLBACK[kind];
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
