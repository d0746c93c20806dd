/**
 * Names a table of facts that are computed once, by what they are facts of. Declared at the top of the file that
 * fills it; it holds nothing itself, the program does.
 *
 * ```ts
 * const bodies = new CacheKey<Func, Func[]>();
 * const known = program.cache.once(bodies, f, () => bodiesOf(f));
 * ```
 */
export class CacheKey<K extends object, V> {
  /** What the table is from and to: for the compiler alone. */
  declare readonly types: [K, V];
  readonly index = next++;
}

let next = 0;

/**
 * All that is remembered beside a program: whatever was found out of it goes when it goes, and two programs share
 * nothing. Its tables are weak, since some facts are of things that come and go, such as environments.
 */
export class ProgramCache {
  readonly #tables: WeakMap<object, unknown>[] = [];

  of<K extends object, V>({ index }: CacheKey<K, V>): WeakMap<K, V> {
    let table = this.#tables[index];
    if (table === undefined) {
      table = new WeakMap();
      this.#tables[index] = table;
    }
    return table as WeakMap<K, V>;
  }

  /** What is known of something; found out the first time it is asked for. Not for what asks for itself meanwhile. */
  once<K extends object, V>(key: CacheKey<K, V>, of: K, find: () => V): V {
    const table = this.of(key);
    const known = table.get(of);
    if (known !== undefined) return known;
    const found = find();
    table.set(of, found);
    return found;
  }
}
