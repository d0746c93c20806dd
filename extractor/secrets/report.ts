import { maskText, maskUrl } from "./mask.ts";

/** Members that are addresses, wherever in a result they stand; of a list each item. */
const URLS = new Set(["url", "alternatives", "from", "predicted", "nearest"]);
/** Members that are words or names. */
const TEXTS = new Set(["detail", "reason", "spool"]);
/** Files, lines and names of functions. */
const PLACES = "evidence";

/**
 * A result without what must not be printed, whoever wrote it: an analysis of now, or a file of an earlier version
 * that masked less. Hashes, places and what `--reveal` asked for stay as they are.
 */
export function withoutSecrets<T extends object>(result: T): T {
  return walk(result, "") as T;
}

function walk(value: unknown, key: string): unknown {
  if (typeof value === "string") {
    if (URLS.has(key) || (key === "spec" && value.includes("://"))) return maskUrl(value);
    return TEXTS.has(key) ? maskText(value) : value;
  }
  if (Array.isArray(value) && key !== PLACES) return value.map((item) => walk(item, key));
  if (typeof value !== "object" || value === null || key === PLACES) return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, walk(member, name)]));
}
