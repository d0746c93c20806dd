const NUMBERS_OF_NO_JSON = /"[^"\\]*(?:\\.[^"\\]*)*"|-?\b(?:NaN|Infinity)\b/gs;

/**
 * JSON as programs write it that know more numbers than JSON does: `NaN` and `Infinity` become null. Texts stay as
 * they are.
 * @throws SyntaxError
 */
export function parseJsonText(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (!/\b(?:NaN|Infinity)\b/.test(text)) throw error;
    return JSON.parse(text.replace(NUMBERS_OF_NO_JSON, (found) => (found.startsWith('"') ? found : "null")));
  }
}
