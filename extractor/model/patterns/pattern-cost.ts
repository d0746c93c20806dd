/** Steps a foreign pattern may take: about a tenth of a second. */
const STEPS = 1e8;

/**
 * Does the pattern surely end soon on a text of that length? A pattern comes from the package, and one that
 * backtracks can take years. Judged by the worst case: each unbounded repetition, and the search for a start, may try
 * every length; each choice doubles. A repeated group is refused: its worst case is exponential.
 */
export function endsSoon(pattern: string, length: number): boolean {
  const bare = pattern
    .replace(/\\./gs, "x")
    .replace(/\[[^\]]*\]/g, "x")
    .replace(/\(\?(?:<?[=!]|:|<\w+>)/g, "(")
    .replace(/([*+?}])\?/g, "$1");
  if (/\)[*+{]/.test(bare)) return false;
  const repetitions = count(bare, /[*+{]/g);
  const choices = count(bare, /[?|]/g);
  return (length + 1) ** (repetitions + 1) * 2 ** choices <= STEPS;
}

const count = (text: string, what: RegExp): number => text.match(what)?.length ?? 0;
