import { randomUUID } from "node:crypto";

/** A request, for what an answer says about it. */
export interface Asked {
  method: string;
  host: string;
  path: string;
  body: Buffer;
}

const PLACEHOLDER = /\{\{(.*?)\}\}(?!\})/gs;

/**
 * Puts values in the place of `{{…}}`; a text that is nothing else becomes the value itself.
 * `now`, `iso` (with `+SECONDS`), `uuid`, `jwt CLAIMS` everywhere; `host`, `path`, `body.MEMBER.MEMBER` of the request.
 */
export function filler(asked: Asked | null): (value: unknown) => unknown {
  let document: unknown;
  const member = (path: string[]): unknown => {
    document ??= asked === null ? null : parsed(asked.body);
    return path.reduce((value, key) => (Object(value) as Record<string, unknown>)[key], document) ?? null;
  };
  const values: Record<string, (operand: string) => unknown> = {
    now: (seconds) => Math.floor(Date.now() / 1000) + Number(seconds || 0),
    iso: (seconds) => new Date(Date.now() + 1000 * Number(seconds || 0)).toISOString(),
    uuid: () => randomUUID(),
    jwt: (claims) => token(claims.trim()),
    host: () => asked?.host,
    path: () => asked?.path,
    body: (path) => member(path.split(".").slice(1)),
  };
  const filled = (text: string): unknown => {
    const [, name = "", operand = ""] = /^([a-z]+)(.*)$/s.exec(text.trim()) ?? [];
    return values[name]?.(operand) ?? null;
  };
  return (value) =>
    replaced(value, (text) => {
      const found = [...text.matchAll(PLACEHOLDER)];
      if (found.length === 1 && found[0]![0] === text) return filled(found[0]![1]!);
      return text.replace(PLACEHOLDER, (_, inner: string) => String(filled(inner)));
    });
}

/** Looks like a signed token, and nobody signed it. */
const token = (claims: string): string =>
  ['{"alg":"RS256","typ":"JWT"}', claims, "made up"].map((part) => Buffer.from(part).toString("base64url")).join(".");

/** A copy with every text replaced. */
export function replaced(value: unknown, text: (text: string) => unknown): unknown {
  if (typeof value === "string") return text(value);
  if (Array.isArray(value)) return value.map((item) => replaced(item, text));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, replaced(item, text)]));
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return null;
  }
}
