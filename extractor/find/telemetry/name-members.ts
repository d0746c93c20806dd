import type { EmitterHints } from "../../model/signatures/telemetry-hints.ts";

/** Which member of an object names an event. */
export class NameMembers {
  readonly #keys: readonly RegExp[];
  readonly #nameKeys: readonly RegExp[];
  readonly #kinds: readonly RegExp[];
  readonly #beside: readonly RegExp[];

  constructor(hints: readonly EmitterHints[]) {
    const all = (lists: (readonly string[])[]) => lists.flat().map((text) => new RegExp(text, "i"));
    this.#keys = all(hints.map((h) => h.keys));
    this.#nameKeys = all(hints.map((h) => h.nameKeys ?? []));
    this.#kinds = all(hints.map((h) => h.kinds?.keys ?? []));
    this.#beside = all(hints.map((h) => h.kinds?.beside ?? []));
  }

  /** Does it name an event, whatever stands beside it in an object with these members? */
  isName(key: string, members: readonly string[]): boolean {
    return this.#keys.some((k) => k.test(key)) && !this.#isKind(key, members);
  }

  /** Does it name one where the object looks like an event otherwise? */
  mayBeName(key: string, members: readonly string[]): boolean {
    return (
      !this.#keys.some((k) => k.test(key)) && this.#nameKeys.some((k) => k.test(key)) && !this.#isKind(key, members)
    );
  }

  /** Does it name one where a member tells its kind? */
  isNameOfKind(key: string, members: readonly string[]): boolean {
    return (
      this.#beside.some((k) => k.test(key)) &&
      members.some((other) => other !== key && this.#kinds.some((k) => k.test(other)))
    );
  }

  #isKind(key: string, members: readonly string[]): boolean {
    return (
      this.#kinds.some((k) => k.test(key)) &&
      members.some((other) => other !== key && this.#beside.some((k) => k.test(other)))
    );
  }
}
