/** Methods of a collection that call a function with what it holds, one by one. */
export const COLLECTION_CALLBACKS: ReadonlySet<string> = new Set([
  "map",
  "flatMap",
  "forEach",
  "filter",
  "find",
  "findLast",
  "some",
  "every",
]);
