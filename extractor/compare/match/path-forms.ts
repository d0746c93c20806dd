import { foldHoles, templateRegExp } from "../../model/template.ts";
import { lastWord, markedShapes, withShapes } from "./hole-shapes.ts";
import { holeNames } from "./template-parts.ts";

/**
 * Names that programmers give to a value with slashes in it, as the last word of a longer one: `filePath`,
 * `request_uri`. Not
 * `file`, which is also what a part behind `/files/` is called here, nor `pathname`, whose parts keep that name.
 */
const PATHS = new Set(["path", "paths", "filename", "filepath", "uri", "url", "route", "rest", "endpoint"]);

/**
 * With so many literal segments around it, a value such as `owner/name` is likelier than an endpoint nobody knows of.
 */
const DEEP_LITERALS = 3;
/** And so many allow for longer ones. */
const DEEPER_LITERALS = 4;
/** `{path}:generateReport`: what is done, whatever it is done to. */
const TELLING_END = /\}:[^/{}]{6,}$/;
/** `/{owner}/{name}` at the end: with more segments in the first the whole would fit any words behind it. */
const HOLES_AT_END = /\{\}\/\{\}$/;
/** Each may be read in several ways, so their number bounds the work. */
const DEEP_HOLES = 3;

/**
 * Ways to read a path, strictest first. A hole is one segment. At the end it may be empty or one more segment where it
 * is glued to literal text, and takes further segments only where its name says that the code puts a path there.
 * @param path normal, with holes
 */
export function pathForms(path: string, hasLiterals: boolean): RegExp[] {
  const folded = withoutNames(markedShapes(path));
  const forms = [withShapes(templateRegExp(folded))];
  if (!path.endsWith("}")) return forms;
  const glued = /^(.*[^/{}])\{\}$/.exec(folded)?.[1];
  if (glued !== undefined) forms.push(...[glued, `${glued}/{}`].map((one) => withShapes(templateRegExp(one))));
  if (hasLiterals && isPathName(holeNames(path).at(-1) ?? ""))
    forms.push(withShapes(templateRegExp(folded, { tail: true })));
  return forms;
}

/**
 * Holes of several segments, for a request that nothing else fits; null where the template says too little for that.
 */
export function deepForm(path: string, literals: number): RegExp | null {
  const folded = withoutNames(markedShapes(path));
  const holes = folded.split("{}").length - 1;
  if (holes === 0 || holes > DEEP_HOLES || HOLES_AT_END.test(folded)) return null;
  if (TELLING_END.test(folded) || literals >= DEEPER_LITERALS) return withShapes(templateRegExp(folded, { deep: 3 }));
  return literals >= DEEP_LITERALS ? withShapes(templateRegExp(folded, { deep: 1 })) : null;
}

/** Holes side by side match what one does, only slower. */
const withoutNames = (path: string): string => foldHoles(path).replace(/(?:\{\})+/g, "{}");

/** The name says that the code puts a path there. */
const isPathName = (name: string): boolean => PATHS.has(lastWord(name));
