/** Containers known by their first bytes. */
export type ContainerKind = "asar" | "elf" | "mach-o" | "mach-o-fat" | "pe" | "gzip" | "zip" | "zstd";

/** How many leading bytes `containerKind` wants to see. */
export const MAGIC_BYTES = 32;
/** No container is smaller. */
const LEAST_BYTES = 8;

/** What a file is by its first bytes; null for everything that isn't opened. */
export function containerKind(head: Buffer): ContainerKind | null {
  if (head.length < LEAST_BYTES) return null;
  switch (head.readUInt32BE(0)) {
    case 0x7f454c46:
      return "elf";
    case 0xcffaedfe:
      return "mach-o";
    case 0xcafebabe:
    case 0xcafebabf:
      // A Java class file has its version where the number of slices stands.
      return head.readUInt32BE(4) < 32 ? "mach-o-fat" : null;
    case 0x504b0304:
      return "zip";
    case 0x28b52ffd:
      return "zstd";
    case 0x04000000:
      // sizes that contain each other, then an index in JSON
      if (/^\{\s*"files"/.test(head.toString("latin1", 16))) return "asar";
  }
  // Two letters may begin a script as well; a program's header has zeros right behind.
  if (head.readUInt16BE(0) === 0x4d5a && head.includes(0)) return "pe";
  return head.readUIntBE(0, 3) === 0x1f8b08 ? "gzip" : null;
}
