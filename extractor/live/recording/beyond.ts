/** Kept one by one, of anything that a program can make without end. */
export const MOST_LISTED = 50_000;

/** What is said of those that aren't. */
export const saidBeyond = (what: string, beyond: number): string[] =>
  beyond === 0 ? [] : [`${beyond} ${what} beyond the first ${MOST_LISTED} are counted, not listed`];
