import type { DataClass } from "../model/signature.ts";
import { wildcard } from "./wildcard.ts";

/** Names of fields -> ids of the classes they give away. A capture repeats few names, so answers are kept. */
export class FieldClasses {
  readonly #classes: { id: string; patterns: RegExp[] }[];
  readonly #known = new Map<string, readonly string[]>();

  constructor(dataClasses: readonly DataClass[]) {
    this.#classes = dataClasses.map(({ id, fields }) => ({
      id,
      patterns: fields.map((field) => wildcard(bare(field))),
    }));
  }

  of(field: string): readonly string[] {
    const known = this.#known.get(field);
    if (known !== undefined) return known;
    const name = bare(field);
    const found = this.#classes
      .filter(({ patterns }) => patterns.some((pattern) => pattern.test(name)))
      .map(({ id }) => id);
    if (this.#known.size < 50_000) this.#known.set(field, found);
    return found;
  }
}

/** Case and separators don't distinguish `deviceId` from `device_id`. */
const bare = (name: string): string => name.replace(/[-_\s.]/g, "");
