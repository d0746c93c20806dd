export type EntryPath = { path: string } | { refused: string };

/**
 * An entry's name as a path inside the package: `/` as separator, without the leading `package/` of npm tarballs.
 * Names that could mean another place on any platform are refused rather than repaired.
 */
export function entryPath(name: string): EntryPath {
  if (name.includes("\0")) return { refused: "NUL in its name" };
  if (name.includes("\\")) return { refused: "backslash in its name" };
  if (name.startsWith("/") || /^[a-z]:/i.test(name)) return { refused: "absolute path" };
  if (name.length > 4096) return { refused: "name longer than 4096 characters" };
  const segments = name.split("/").filter((segment) => segment !== "" && segment !== ".");
  if (segments.includes("..")) return { refused: "leads outside the package" };
  if (segments.length > 1 && segments[0] === "package") segments.shift();
  return segments.length === 0 ? { refused: "empty name" } : { path: segments.join("/") };
}

/** For diagnostics: a name from an archive, on one line and free of control characters. */
export function printableName(name: string): string {
  const shown = name.length > 200 ? `${name.slice(0, 200)}…` : name;
  return shown.replace(
    /[\0-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (c) => `\\u${c.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}
