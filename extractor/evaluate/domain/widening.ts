import type { DiagnosticLog } from "../../model/diagnostic.ts";
import { grouped } from "../../model/group.ts";
import { BOUNDS } from "../engine/bounds.ts";
import { hole, type OpenHole, type Piece, type TextValue, text, textKey, type Value, type Values } from "./value.ts";

/** Keeps a value small: too many texts become common prefix + hole + common suffix, too many closures are cut. */
export function widened(values: Values, log: DiagnosticLog): Values {
  if (values.length <= BOUNDS.alternatives) return values;
  const texts = values.filter((v): v is TextValue => v.kind === "text");
  const scalars = values.filter((v) => v.kind === "scalar").slice(0, BOUNDS.alternatives);
  let others = tellingFirst(values.filter((v) => v.kind !== "text" && v.kind !== "scalar"));
  if (others.length > BOUNDS.closures) {
    log.add("cut-alternatives", `a value with more than ${BOUNDS.closures} objects or functions`);
    others = others.slice(0, BOUNDS.closures);
  }
  others.push(...scalars);
  if (texts.length <= BOUNDS.alternatives) return [...texts, ...others];
  log.add("cut-alternatives", `a text with more than ${BOUNDS.alternatives} alternatives`);
  return [...narrowed(texts), ...others];
}

/** Of URLs that differ in nothing but the query, the first, and those that say more before those that say less. */
function tellingFirst(values: Value[]): Value[] {
  if (values.length <= BOUNDS.closures || !values.some((v) => v.kind === "url")) return values;
  const urls = new Map<string, { value: Value; told: number }>();
  for (const v of values) {
    if (v.kind !== "url") continue;
    const end = v.href.findIndex((p) => typeof p === "string" && p.includes("?"));
    const path = end < 0 ? v.href : [...v.href.slice(0, end), (v.href[end] as string).replace(/\?.*$/s, "")];
    const key = textKey(text(path));
    if (!urls.has(key))
      urls.set(key, { value: v, told: path.reduce((n, p) => (typeof p === "string" ? n + p.length : n), 0) });
  }
  const sorted = [...urls.values()].sort((a, b) => b.told - a.told).map(({ value: v }) => v);
  return [...values.filter((v) => v.kind !== "url"), ...sorted];
}

const isAddress = (t: TextValue): boolean => /^(https?|wss?):\/\/[a-z0-9]/i.test(commonStart(t));
const isEmpty = ({ parts }: TextValue): boolean =>
  parts.every((p) => typeof p !== "string" || /^[a-z]*:?\/{0,2}$/i.test(p));

/**
 * `name`, `folder/name`, `folder/name.exe`: most are made of one argument, which is kept, since its callers may know
 * it.
 */
function givenIn(texts: readonly TextValue[]): TextValue[] {
  const given = texts.find(({ parts }) => parts.length === 1 && originOf(parts[0]!) !== undefined);
  if (given === undefined) return [];
  const { func: f, index: i } = originOf(given.parts[0]!)!;
  const isOf = (p: Piece) => originOf(p)?.func === f && originOf(p)?.index === i;
  return texts.filter(({ parts }) => parts.some(isOf)).length * 2 >= texts.length ? [given] : [];
}

const originOf = (p: Piece): OpenHole["origin"] => (typeof p === "object" ? p.origin : undefined);

/** As few texts as stand for all: one, or one for each server, which says more than what all have in common. */
function narrowed(texts: TextValue[]): TextValue[] {
  const wide = foldTexts(texts);
  const addresses = isAddress(wide) ? [] : texts.filter(isAddress);
  if (addresses.length === 0) return [...givenIn(texts), wide];
  const servers = [...grouped(addresses, serverOf).values()].slice(0, BOUNDS.wideAddresses);
  const kept =
    addresses.length <= BOUNDS.wideAddresses || isEmpty(wide)
      ? addresses.slice(0, BOUNDS.wideAddresses)
      : servers.map(foldTexts);
  return [...kept, wide];
}

const serverOf = (t: TextValue): string => /^\w+:\/\/[^/?#]*/.exec(commonStart(t))![0];

function foldTexts(texts: TextValue[]): TextValue {
  const [first, ...rest] = texts;
  if (rest.length === 0) return first!;
  const start: Piece[] = [];
  const end: Piece[] = [];
  const prefix = rest.reduce((p, t) => commonPrefix(p, commonStart(t)), commonStart(first!));
  const suffix = rest.reduce((s, t) => commonSuffix(s, commonEnd(t)), commonEnd(first!));
  if (prefix !== "") start.push(prefix);
  if (suffix !== "") end.push(suffix);
  return text([...start, ...hole("unknown", WIDENED).parts, ...end]);
}

const WIDENED = "any";

/** Does the piece stand for what several texts have not in common? */
export const isWidened = (piece: Piece): boolean =>
  typeof piece === "object" && piece.kind === "unknown" && piece.name === WIDENED;

/** A text that stands for several. */
export const isFold = (v: Value): boolean => v.kind === "text" && v.parts.some(isWidened);

const commonStart = (t: TextValue): string => (typeof t.parts[0] === "string" ? t.parts[0] : "");
const commonEnd = (t: TextValue): string => {
  const last = t.parts.at(-1);
  // a text of one literal may not lend the same characters to both ends
  return t.parts.length > 1 && typeof last === "string" ? last : "";
};

function commonPrefix(a: string, b: string): string {
  let i = 0;
  while (i < a.length && a[i] === b[i]) i++;
  return a.slice(0, i);
}

function commonSuffix(a: string, b: string): string {
  let i = 0;
  while (i < a.length && i < b.length && a[a.length - 1 - i] === b[b.length - 1 - i]) i++;
  return a.slice(a.length - i);
}
