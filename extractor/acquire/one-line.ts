/** Text from outside for the one line of an error: no control characters, no line breaks, at most 300 characters. */
export function oneLine(text: string): string {
  const clean = text.replace(/[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]+/g, " ").trim();
  return clean.length > 300 ? `${clean.slice(0, 300)}…` : clean;
}
