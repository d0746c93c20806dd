/** What stands in the place of a value that was taken out of a recording. */
const TAKEN_OUT = "(?:\\{|%7B)[^/?#]*";
const TAGS =
  "alpha|beta|canary|current|dev|edge|experimental|insiders|latest|lts|main|master|next|nightly|preview|rc|stable";

/** By the last word of a hole's name, how a value of it is written; most names say nothing about that. */
const SHAPES: [name: RegExp, segment: string][] = [
  // with a digit, or the tag of a channel
  [/^(version|ver)$/, `[^/?#\\d]*\\d[^/?#]*|${TAGS}`],
  [/^(uuid|guid)$/, "[\\da-f-]{8,}"],
  [/^(sha|sha1|sha256|hash|digest|checksum)$/, "[^/?#\\d]*\\d[^/?#]*"],
];
/** Characters that no URL has; each stands for the row of that number. */
const FIRST_MARK = 0xe000;

/** A path in which a segment that is a hole of a known shape is a mark: `/{apiVersion}/files/{id}`. */
export function markedShapes(path: string): string {
  return path
    .split("/")
    .map((segment) => {
      const name = /^\{([^{}]+)\}$/.exec(segment)?.[1];
      if (name === undefined) return segment;
      const row = SHAPES.findIndex(([pattern]) => pattern.test(lastWord(name)));
      return row === -1 ? segment : String.fromCharCode(FIRST_MARK + row);
    })
    .join("/");
}

/** Marks become what they stand for. */
export function withShapes({ source, flags }: RegExp): RegExp {
  const filled = SHAPES.reduce(
    (text, [, segment], row) => text.replaceAll(String.fromCharCode(FIRST_MARK + row), `(?:${segment}|${TAKEN_OUT})`),
    source,
  );
  return new RegExp(filled, flags.includes("i") ? flags : `${flags}i`);
}

/** `apiVersion` -> `version`, `GENAI_API_VERSION` -> `version`. */
export const lastWord = (name: string): string =>
  (name.split(/[^A-Za-z\d]+|(?<=[a-z\d])(?=[A-Z])/).at(-1) ?? "").toLowerCase();
