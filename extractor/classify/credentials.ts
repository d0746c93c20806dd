import { createHash } from "node:crypto";
import type { Findings, SecretFinding } from "../model/finding.ts";
import { grouped } from "../model/group.ts";
import type { Credential } from "../model/report.ts";
import type { CredentialShape, Signatures } from "../model/signatures/signature.ts";
import { bareValue, isBasic, isSecret, type Judge, passwordOf } from "../secrets/judge.ts";
import { strengthOf } from "../secrets/names.ts";
import { looksRandom } from "../secrets/random.ts";
import { compareText, mergeEvidence } from "./order.ts";
import { nameMatches } from "./urls/pattern.ts";

/** Kinds of credentials that no shape names, by how they are sent. */
const KIND_BY_WAY: Readonly<Record<string, string>> = { userinfo: "password", auth: "password", basic: "basic-auth" };
const UNKNOWN_KIND = "unknown";
/** A key without a shape, as it is printed in a URL. */
const UNNAMED = "key";
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

/** Of `user:password` under the name of what it is for (`auth: "user:password"`), the password. */
const keyOf = ({ value, sentAs }: SecretFinding): string =>
  sentAs !== null && /^(?:option|header) auth(?:orization)?$/i.test(sentAs) && /^[\w.@-]{1,64}:[^:\s]+$/.test(value)
    ? passwordOf(value)
    : value;

/** SHA-256 of the key itself: without the scheme of an Authorization header. */
export const credentialHash = (value: string) => createHash("sha256").update(bareValue(value)).digest("hex");

/**
 * Is this literal a key? By its shape, or by how it goes out (`secrets/judge.ts`). `no-cache` and `YOUR_KEY` are not.
 */
export const isCredential = ({ value, sentAs }: SecretFinding, shapes: Shapes): boolean =>
  shapeOf(bareValue(value), sentAs, shapes) !== null ||
  (sentAs !== null && (isSecret(value, sentAs) || isSentElsewhere(value, shapes)));

/** A value without a shape that goes out under a key's name as well. */
const isSentElsewhere = (value: string, { sent }: Shapes): boolean =>
  looksRandom(value) && sent.has(credentialHash(value));

/**
 * A literal anywhere in a program: by its shape, or a random value under a name that says so (`secretAccessKey:
 * "…"`).
 */
export const isKeyLiteral = (value: string, name: string | null, shapes: Shapes): boolean =>
  shapeOf(value, name === null ? null : `option ${name}`, shapes) !== null ||
  (name !== null && strengthOf(name) === "secret" && looksRandom(value));

/**
 * What is secret in a URL, and of which kind: by shape, by what was sent elsewhere under a key's name, or by how it
 * looks there.
 */
export const judgeOf =
  (shapes: Shapes): Judge =>
  (value, sentAs) => {
    const shape = shapeOf(value, sentAs, shapes);
    if (shape !== null) return shape.id;
    return isSecret(value, sentAs) || isSentElsewhere(value, shapes) ? UNNAMED : null;
  };

/** SHA-256 of the key that a finding holds. */
export const secretHash = (secret: SecretFinding): string => credentialHash(keyOf(secret));

/** Folds by value. Values that are no credentials are left out. */
export function foldCredentials(secrets: readonly SecretFinding[], shapes: Shapes, reveal: boolean): Credential[] {
  const real = secrets.filter((secret) => isCredential(secret, shapes));
  const byHash = grouped(real, secretHash);
  return [...byHash].map(([sha256, same]) => toCredential(sha256, same, shapes, reveal)).sort(byKindThenHash);
}

function toCredential(sha256: string, same: SecretFinding[], shapes: Shapes, reveal: boolean): Credential {
  const value = bareValue(keyOf(same[0]!));
  const ways = same.filter(({ sentAs }) => sentAs !== null).sort(bySending);
  const seen = [...ways, ...same];
  const shape = seen.map(({ sentAs }) => shapeOf(value, sentAs, shapes)).find((found) => found !== null);
  const way = isBasic(same[0]!.value) ? "basic" : ways[0]?.sentAs?.split(" ", 1)[0];
  const kind = shape?.id ?? KIND_BY_WAY[way ?? ""] ?? UNKNOWN_KIND;
  return {
    kind,
    sha256,
    prefix: isTyped(kind) ? "…" : shownPrefix(value),
    ...(reveal ? { value } : {}),
    ...(ways[0] ? { sentAs: ways[0].sentAs! } : {}),
    ...(shape ? { publicByDesign: shape.publicByDesign } : {}),
    evidence: mergeEvidence(same.map(({ evidence }) => evidence)),
  };
}

/** What says where it goes comes before the name of a member that holds it. */
const bySending = (a: SecretFinding, b: SecretFinding): number =>
  Number(a.sentAs!.startsWith("option ")) - Number(b.sentAs!.startsWith("option ")) ||
  compareText(a.sentAs!, b.sentAs!);

/** Of what a person may have chosen, the first characters say too much. */
const isTyped = (kind: string): boolean => Object.values(KIND_BY_WAY).includes(kind);

export function shownPrefix(value: string): string {
  return `${value.slice(0, Math.min(PREFIX_LENGTH, Math.floor(value.length / 4)))}…`;
}

const byKindThenHash = (a: Credential, b: Credential) => compareText(a.kind, b.kind) || compareText(a.sha256, b.sha256);
