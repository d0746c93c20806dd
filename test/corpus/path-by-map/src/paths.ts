type Tree = { [key: string]: unknown };

/** Puts the values of a map into the places that a pattern names. */
export function fill(pattern: string, map: Tree): string {
  const place = /\{([^}]+)\}/g;
  return pattern.replace(place, (_all, key: string) => {
    if (Object.prototype.hasOwnProperty.call(map, key)) {
      const value = map[key];
      return value !== undefined && value !== null ? String(value) : "";
    }
    throw new Error(`no ${key}`);
  });
}

export function put(tree: Tree, keys: string[], value: unknown): void {
  let at = tree;
  for (let i = 0; i < keys.length - 1; i++) {
    const key = keys[i] as string;
    if (!at[key] || typeof at[key] !== "object") at[key] = {};
    at = at[key] as Tree;
  }
  at[keys[keys.length - 1] as string] = value;
}
