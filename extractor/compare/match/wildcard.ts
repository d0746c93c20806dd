/** `*` stands for any text; everything else for itself, in any case. */
export function wildcard(pattern: string): RegExp {
  const pieces = pattern.split("*").map((piece) => piece.replace(/[.+?^${}()|[\]\\/]/g, "\\$&"));
  return new RegExp(`^${pieces.join(".*")}$`, "is");
}
