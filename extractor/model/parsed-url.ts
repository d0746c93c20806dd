/**
 * The URL, or null where there is none. Not by `URL.canParse`: once it is compiled, Node 20's takes letters beyond
 * ASCII for faults (it answers `false` for `http://é.example` after some thousand calls).
 */
export function parsedUrl(text: string, base?: string): URL | null {
  try {
    return new URL(text, base);
  } catch {
    return null;
  }
}
