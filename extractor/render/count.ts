/** `1 endpoint`, `2 endpoints`, `12,345 files`. */
export const count = (n: number, noun: string): string =>
  `${n.toLocaleString("en-US")} ${n === 1 ? noun : plural(noun)}`;

export const plural = (noun: string): string => {
  if (/[^aeiou]y$/.test(noun)) return `${noun.slice(0, -1)}ies`;
  return noun + (/(?:s|x|ch|sh)$/.test(noun) ? "es" : "s");
};
