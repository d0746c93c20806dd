import { getDomain, parse } from "./public-suffixes.ts";

/** Private suffixes too: below `github.io` somebody else has each name. */
const ANY_SUFFIX = { allowPrivateDomains: true };

/** Endings that are set aside for documents and tests (RFC 2606): nobody has them, so they stand for any. */
const RESERVED = /\.(?:example|test|invalid)$/;

/** The domain that somebody registered, or null for an address, a bare suffix, or a name without a known one. */
export function registeredDomain(host: string): string | null {
  const { domain, isIcann, isPrivate } = parse(host, ANY_SUFFIX);
  return isIcann || isPrivate || RESERVED.test(host) ? domain : null;
}

/** A name that anybody can register under (`co.uk`, `github.io`): whoever blocks it blocks strangers. */
export function isPublicSuffix(host: string): boolean {
  const { domain, publicSuffix, isIcann, isPrivate } = parse(host, ANY_SUFFIX);
  return domain === null && publicSuffix === host && (isIcann === true || isPrivate === true);
}

/** A name whose last label is one of the internet's. */
export const hasKnownSuffix = (host: string): boolean => parse(host).isIcann === true && getDomain(host) !== null;
