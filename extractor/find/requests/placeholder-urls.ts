import { type TextValue, text, textKey } from "../../evaluate/domain/value.ts";

/**
 * `users/` with nothing behind it, beside `users/{id}` or `users/sdk-x4Kj0aQ2`: a state that begins empty, not an
 * address of its own.
 */
export function isFilled({ parts }: TextValue, bare: TextValue): boolean {
  const { length } = bare.parts;
  const last = bare.parts[length - 1];
  if (typeof last !== "string" || !/[^/:]\/$/.test(last)) return false;
  const key = parts[length - 1];
  if (parts.length === length && typeof key === "string" && key.startsWith(last) && KEY.test(key.slice(last.length)))
    return textKey(text(parts.slice(0, -1))) === textKey(text(bare.parts.slice(0, -1)));
  return typeof parts[length] === "object" && textKey(text(parts.slice(0, length))) === textKey(bare);
}

/** One word that is long and has a digit: what names a customer, and may be missing. */
const KEY = /^(?=[^/?#]*\d)[\w-]{12,}$/;

/**
 * `users/42` beside `users/{argument}`: what a program takes where its user names nothing is one of the values that a
 * user may name. A setting's default is none: it is where the program goes as it comes.
 */
export function isPlaceholderUrl(url: TextValue, { parts }: TextValue): boolean {
  return parts.some((hole, i) => {
    if (typeof hole !== "object" || hole.kind !== "argument") return false;
    const before = parts[i - 1];
    const after = parts[i + 1] ?? "";
    if (typeof before !== "string" || typeof after !== "string" || !/[^:/]\/$/.test(before) || !/^([/?]|$)/.test(after))
      return false;
    const start = text(parts.slice(0, i - 1));
    const filled = url.parts[start.parts.length];
    const rest = parts.slice(i + 2);
    return (
      typeof filled === "string" &&
      filled.length > before.length + after.length &&
      filled.startsWith(before) &&
      filled.endsWith(after) &&
      !/[/?]/.test(filled.slice(before.length, filled.length - after.length)) &&
      textKey(text(url.parts.slice(0, start.parts.length))) === textKey(start) &&
      textKey(text(url.parts.slice(start.parts.length + 1))) === textKey(text(rest))
    );
  });
}

/**
 * `new Request("http://localhost/")`: an object of that kind must have some address, and a bare host name, or one
 * that is reserved for examples (RFC 2606), is none to send to.
 */
export const isMadeUp = ({ parts: [first, ...more] }: TextValue): boolean =>
  typeof first === "string" && more.length === 0 && MADE_UP.test(first);

const MADE_UP = /^https?:\/\/(?:[a-z]+|(?:www\.)?example\.(?:com|net|org))\/?$/i;

/** `https://api.dev/repos/http:/x`: a name of a path that is the scheme of a URL which was split. */
export const isSplitUrl = ({ parts }: TextValue): boolean =>
  parts.some((part) => typeof part === "string" && /[^/]\/https?:(?:\/(?!\/)|$)/.test(part));
