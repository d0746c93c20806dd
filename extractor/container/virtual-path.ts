const LENGTH = 1024;

/**
 * The path inside its container for whatever a container calls a file: `/` as separator, relative, without `..`, drive,
 * control characters or bidirectional marks. Bun's Windows root is written as on other systems, so that evidence from
 * all platforms compares.
 */
export function virtualPath(name: string): string {
  const unified = name.replaceAll("\\", "/").replace(/^[A-Za-z]:\/~BUN\//, "/$bunfs/");
  const parts: string[] = [];
  for (const part of unified.replace(/^[A-Za-z]:/, "").split("/")) {
    if (part === "..") parts.pop();
    else if (part !== "" && part !== ".")
      parts.push(part.replace(/[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069]/g, "_"));
  }
  return parts.join("/").slice(-LENGTH) || "unnamed";
}
