import { parseJsonText } from "../json-text.ts";

/** The document, or null where the text isn't JSON. A byte order mark is allowed. */
export function readDocument(text: string): { document: unknown } | null {
  const trimmed = text.replace(/^\uFEFF/, "").trimStart();
  if (!/^[[{"]/.test(trimmed)) return null;
  try {
    return { document: parseJsonText(trimmed) };
  } catch {
    return null;
  }
}

/** One document per line; null unless every line that isn't blank is an object or array. */
export function parseJsonLines(text: string): unknown[] | null {
  const documents: unknown[] = [];
  for (const line of text.split(/\r?\n|\x1e/)) {
    if (line.trim() === "") continue;
    const parsed = readDocument(line);
    if (parsed === null) return null;
    documents.push(parsed.document);
  }
  return documents.length > 0 ? documents : null;
}
