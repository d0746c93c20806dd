import { createHash } from "node:crypto";
import type { Findings, SecretFinding } from "../model/finding.ts";
import { grouped } from "../model/group.ts";
import type { Credential } from "../model/report.ts";
import type { CredentialShape, Signatures } from "../model/signature.ts";
import { compareText, mergeEvidence } from "./order.ts";
import { nameMatches } from "./pattern.ts";

/** Kind of a credential that no shape names. */
const UNKNOWN_KIND = "unknown";
/** A shown prefix is never more than this, and never more than a quarter of the value. */
const PREFIX_LENGTH = 8;

export interface Shapes {
  byName: readonly CredentialShape[];
  byValue: readonly CredentialShape[];
  regexps: ReadonlyMap<CredentialShape, RegExp>;
  /** SHA-256 of keys without a shape, known by the name they go out under in a header or an option. */
  sent: ReadonlySet<string>;
}

export function credentialShapes({ generic, vendors }: Signatures, sent: ReadonlySet<string> = new Set()): Shapes {
  const all = [...vendors.flatMap(({ credentials }) => credentials), ...generic.credentials];
  return {
    byName: all.filter(({ sentAs }) => sentAs !== undefined),
    byValue: all.filter(({ nameRequired }) => !nameRequired),
    regexps: new Map(all.map((shape) => [shape, new RegExp(shape.pattern, "s")])),
    sent,
  };
}

/** SHA-256 of the values that are keys because of the name they go out under. */
export function sentUnderName({ secrets, requests }: Findings, shapes: Shapes): ReadonlySet<string> {
  const named = [...secrets, ...requests.flatMap((r) => r.secrets)].filter(
    (secret) => secret.sentAs !== null && isCredential(secret, shapes),
  );
  return new Set(named.map(({ value }) => credentialHash(value)));
}

/**
 * The shape of a value, or null.
 * @param sentAs as in SecretFinding: `header X-Key`, `option apiKey`, `url`, null
 */
export function shapeOf(value: string, sentAs: string | null, shapes: Shapes): CredentialShape | null {
  const name = sentAs?.slice(sentAs.indexOf(" ") + 1) ?? null;
  const fits = (shape: CredentialShape) => shapes.regexps.get(shape)!.test(value);
  const named = (shape: CredentialShape) =>
    name !== null && shape.sentAs!.some((pattern) => nameMatches(pattern, name));
  return shapes.byName.find((shape) => named(shape) && fits(shape)) ?? shapes.byValue.find(fits) ?? null;
}

/** SHA-256 of the key itself: without the scheme of an Authorization header. */
export const credentialHash = (value: string) => createHash("sha256").update(bareValue(value)).digest("hex");

const bareValue = (value: string) => value.replace(/^(Bearer|Basic|Token)\s+/i, "");

/**
 * Is this literal a key? By its shape, or because it looks random and stands where keys are sent.
 * Everything else that was seen there (`no-cache`, `application/json`, `YOUR_KEY`) is not.
 */
export function isCredential({ value, sentAs }: SecretFinding, shapes: Shapes): boolean {
  const bare = bareValue(value);
  return shapeOf(bare, sentAs, shapes) !== null || (sentAs !== null && looksRandom(bare));
}

/** Folds by value. Values that are no credentials are left out. */
export function foldCredentials(secrets: readonly SecretFinding[], shapes: Shapes, reveal: boolean): Credential[] {
  const real = secrets.filter((secret) => isCredential(secret, shapes));
  const byHash = grouped(real, ({ value }) => credentialHash(value));
  return [...byHash].map(([sha256, same]) => toCredential(sha256, same, shapes, reveal)).sort(byKindThenHash);
}

function toCredential(sha256: string, same: SecretFinding[], shapes: Shapes, reveal: boolean): Credential {
  const value = bareValue(same[0]!.value);
  const ways = same.filter(({ sentAs }) => sentAs !== null).sort((a, b) => compareText(a.sentAs!, b.sentAs!));
  const seen = [...ways, ...same];
  const shape = seen.map(({ sentAs }) => shapeOf(value, sentAs, shapes)).find((found) => found !== null);
  return {
    kind: shape?.id ?? UNKNOWN_KIND,
    sha256,
    prefix: shownPrefix(value),
    ...(reveal ? { value } : {}),
    ...(ways[0] ? { sentAs: ways[0].sentAs! } : {}),
    ...(shape ? { publicByDesign: shape.publicByDesign } : {}),
    evidence: mergeEvidence(same.map(({ evidence }) => evidence)),
  };
}

export function shownPrefix(value: string): string {
  return `${value.slice(0, Math.min(PREFIX_LENGTH, Math.floor(value.length / 4)))}…`;
}

/**
 * Made by a machine rather than a person: long enough, one word, letters and digits mixed, and many different ones
 * (Shannon entropy of 3 bits per character lies above identifiers and below hexadecimal keys).
 */
export function looksRandom(value: string): boolean {
  if (value.length < 16 || value.length > 4096 || !/^[\w+/=.:~-]+$/.test(value)) return false;
  if (!/\d/.test(value) || !/[a-z]/i.test(value)) return false;
  // version numbers, MIME types, dates and dotted or dashed words: every part is a word or a number
  if (value.split(/[-_./:+=~]/).every((part) => /^([a-z]*|[A-Z]?[a-z]+|[A-Z]+|v?\d{1,4})$/.test(part))) return false;
  return entropy(value) >= 3;
}

/** Bits per character. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const c of text) counts.set(c, (counts.get(c) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits -= (count / text.length) * Math.log2(count / text.length);
  return bits;
}

const byKindThenHash = (a: Credential, b: Credential) => compareText(a.kind, b.kind) || compareText(a.sha256, b.sha256);
