import type { DataClass } from "../../model/signatures/signature.ts";

/** Names of fields -> ids of the classes they give away. A capture repeats few names, so answers are kept. */
export class FieldClasses {
  readonly #classes: { id: string; exact: ReadonlySet<string>; open: { start: string; end: string }[] }[];
  readonly #known = new Map<string, readonly string[]>();

  constructor(dataClasses: readonly DataClass[]) {
    this.#classes = dataClasses.map(({ id, fields }) => {
      const names = fields.map(bare);
      return {
        id,
        exact: new Set(names.filter((name) => !name.includes("*"))),
        open: names.filter((name) => name.includes("*")).map(openName),
      };
    });
  }

  of(field: string): readonly string[] {
    const known = this.#known.get(field);
    if (known !== undefined) return known;
    const name = bare(field);
    const found = this.#classes
      .filter(({ exact, open }) => exact.has(name) || open.some((one) => fits(name, one)))
      .map(({ id }) => id);
    if (this.#known.size < 50_000) this.#known.set(field, found);
    return found;
  }
}

/** Case and separators don't distinguish `deviceId` from `device_id`. */
const bare = (name: string): string => name.replace(/[-_\s.]/g, "").toLowerCase();

/** `*_id` ends so, `repo_*` starts so; both ends where the star stands inside. */
function openName(pattern: string): { start: string; end: string } {
  const star = pattern.indexOf("*");
  return { start: pattern.slice(0, star), end: pattern.slice(pattern.lastIndexOf("*") + 1) };
}

const fits = (name: string, { start, end }: { start: string; end: string }): boolean =>
  name.length >= start.length + end.length && name.startsWith(start) && name.endsWith(end);
