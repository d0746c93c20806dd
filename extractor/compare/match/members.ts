/** A named value anywhere in a body. */
export interface DocumentMember {
  name: string;
  /** Texts, numbers and booleans as they are; null for objects, arrays and null. */
  value: string | number | boolean | null;
}

/**
 * All members of unfolded documents. Attributes written as `{key, value: {stringValue}}` count as members of that
 * name.
 */
export function membersOf(documents: readonly unknown[]): DocumentMember[] {
  const members: DocumentMember[] = [];
  const visit = (value: unknown): void => {
    if (Array.isArray(value)) {
      for (const item of value) visit(item);
      return;
    }
    if (!isObject(value)) return;
    const attribute = attributeOf(value);
    if (attribute !== null) members.push(attribute);
    for (const [name, held] of Object.entries(value)) {
      if (attribute === null) members.push({ name, value: isScalar(held) ? held : null });
      visit(held);
    }
  };
  visit(documents);
  return members;
}

type Attribute = Record<string, unknown>;

function attributeOf(value: Attribute): DocumentMember | null {
  const { key, value: held } = value;
  if (typeof key !== "string" || !isObject(held)) return null;
  const scalar = held.stringValue ?? held.intValue ?? null;
  return { name: key, value: isScalar(scalar) ? scalar : null };
}

const isScalar = (value: unknown): value is string | number | boolean =>
  typeof value === "string" || typeof value === "number" || typeof value === "boolean";

export const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
