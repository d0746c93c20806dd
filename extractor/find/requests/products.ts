import { isWidened } from "../../evaluate/domain/widening.ts";
import { printTemplate, type Template, templateKey } from "../../model/template.ts";
import { FIND_BOUNDS } from "../bounds.ts";
import type { UngatedRequest } from "../switches/gate-requests.ts";
import { isPartOf } from "./narrowed-context.ts";

/** The same requests, told apart by the ways in which the code around them can run. */
export type IsTold = (each: readonly UngatedRequest[]) => boolean;

/**
 * Several methods with several paths, of which not every pair need occur; null where there is nothing to tell apart.
 */
export function methodsWithPaths(all: readonly UngatedRequest[]): IsTold | null {
  const isProduct = new Set(all.map((r) => r.method)).size > 1 && all.some((r) => r.urls !== all[0]!.urls);
  return isProduct ? keepsAddresses(all) : null;
}

/** The same of parts of one URL, of requests with one method. */
export function partsOfUrls(all: readonly UngatedRequest[]): IsTold | null {
  if (new Set(all.map((r) => r.method)).size !== 1) return null;
  if (all.some(hasWidened)) return saysAll(all);
  return isTwoByTwo(addressesIn(all)) ? keepsWords(all) : null;
}

/** What was too much for one value is said in full, beside all that was said before. */
function saysAll(all: readonly UngatedRequest[]): IsTold {
  const said = all.flatMap(({ urls }) => urls.filter((url) => !url.some(isWidened)).map(printTemplate));
  return (each) => {
    const after = addressesIn(each);
    return (
      after.size > 0 &&
      after.size <= FIND_BOUNDS.addressesTold &&
      !each.some(hasWidened) &&
      said.every((url) => after.has(url))
    );
  };
}

const hasWidened = ({ urls }: { urls: readonly Template[] }): boolean => urls.some((url) => url.some(isWidened));

/** Each address is still there, with fewer methods. */
function keepsAddresses(all: readonly UngatedRequest[]): IsTold {
  return (each) => {
    const urls = new Set(each.map(addressOf));
    return new Set(each.map(pairOf)).size < all.length && all.every((r) => urls.has(addressOf(r)));
  };
}

/** Fewer of the same addresses, with all of the words in their hosts and paths. */
function keepsWords(all: readonly UngatedRequest[]): IsTold {
  const before = addressesIn(all);
  const wanted = wordsIn(before);
  return (each) => {
    const after = addressesIn(each);
    return after.size < before.size && isPartOf(each, all) && wordsIn(after).size === wanted.size;
  };
}

export const pairOf = (r: UngatedRequest): string => `${r.method} ${addressOf(r)}`;
const addressOf = ({ urls }: UngatedRequest): string => urls.map(templateKey).join(" ");

const addressesIn = (found: readonly UngatedRequest[]): Set<string> =>
  new Set(found.flatMap(({ urls }) => urls.map(printTemplate)));
/** The least that two things with two values each can make. */
const isTwoByTwo = (urls: ReadonlySet<string>): boolean => urls.size >= 2 * 2;
const wordsIn = (urls: ReadonlySet<string>): Set<string> =>
  new Set([...urls].flatMap((url) => url.split(/[^A-Za-z0-9]+/)));
