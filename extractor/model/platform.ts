export const PLATFORMS = [
  "linux-x64",
  "linux-arm64",
  "darwin-arm64",
  "darwin-x64",
  "win32-x64",
  "win32-arm64",
] as const;

/** A system and a processor, as Node names them. */
export type Platform = (typeof PLATFORMS)[number];

/** Strings of native code can be read on this one. */
export const DEFAULT_PLATFORM: Platform = "linux-x64";
