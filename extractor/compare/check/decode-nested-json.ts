/** Bodies are nested by hand: JSON in a text of JSON, or base64 of it. Bounds against bodies made to exhaust. */
const MAX_DEPTH = 24;
const MAX_VALUES = 200_000;

/**
 * The documents with every text that holds a JSON object or array, plain or in base64, replaced by that value.
 * What lies beyond the bounds is left as it is.
 */
export function unfold(documents: readonly unknown[]): unknown[] {
  let left = MAX_VALUES;
  const visit = (value: unknown, depth: number): unknown => {
    if (depth > MAX_DEPTH || left-- <= 0) return null;
    if (typeof value === "string") {
      const inner = jsonInside(value);
      return inner === undefined ? value : visit(inner, depth + 1);
    }
    if (typeof value !== "object" || value === null) return value;
    // Copied only where something inside was unfolded: most bodies have nothing to unfold.
    let copy: Record<string, unknown> | null = null;
    const held = value as Record<string, unknown>;
    for (const name of Object.keys(held)) {
      const inner = visit(held[name], depth + 1);
      if (inner === held[name] || name === "__proto__") continue;
      copy ??= Array.isArray(value) ? ([...value] as never) : { ...held };
      copy![name] = inner;
    }
    return copy ?? value;
  };
  return documents.map((document) => visit(document, 0));
}

/** Base64 of `{"` and `[`, in all three alignments of what may follow. */
const BASE64_JSON = /^(eyJ|eyA|ewo|ew0|W3s|Wyd|WyJ)[\w+/-]{5,}={0,2}$/;

function jsonInside(text: string): object | undefined {
  if (/^\s*[[{]/.test(text)) return parseObject(text);
  if (text.length % 4 !== 1 && BASE64_JSON.test(text)) return parseObject(Buffer.from(text, "base64").toString("utf8"));
  return undefined;
}

function parseObject(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    return undefined;
  }
}
