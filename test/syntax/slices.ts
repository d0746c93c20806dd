import { type File, type Node, traverseFast } from "@babel/types";
import { parse } from "../../extractor/syntax/parse.ts";

/** One line per top-level statement: its type, its place, and a digest of the types and places of all nodes in it. */
export function outline(file: File, offset = 0): string[] {
  return [...file.program.directives, ...file.program.body].map(
    (node) => `${node.type} ${node.start! + offset}-${node.end! + offset} ${digest(node, offset)}`,
  );
}

const typeNumbers = new Map<string, number>();

function digest(root: Node, offset: number): string {
  let hash = 0;
  let count = 0;
  traverseFast(root, (node) => {
    const type = typeNumbers.get(node.type) ?? typeNumbers.size + 1;
    typeNumbers.set(node.type, type);
    for (const value of [type, node.start! + offset, node.end! + offset])
      hash = Math.imul(hash ^ value, 0x01000193) + 1;
    count++;
  });
  return `${count}:${hash >>> 0}`;
}

/**
 * Parses each range of the text on its own: the outlines of all in order, or in a range's place why it does not
 * parse.
 */
export function outlineOfRanges(text: string, ranges: Iterable<{ start: number; end: number }>): string[] {
  const lines: string[] = [];
  for (const { start, end } of ranges) {
    const { file, problems } = parse(text.slice(start, end), "slice.js");
    if (file === null) lines.push(`${start}-${end} does not parse: ${problems[0]?.message}`);
    else for (const line of outline(file, start)) lines.push(line);
  }
  return lines;
}

/** The ranges between the ends that a split gives. */
export function rangesOf(ends: Uint32Array): { start: number; end: number }[] {
  return Array.from(ends, (end, i) => ({ start: i === 0 ? 0 : ends[i - 1]!, end }));
}
