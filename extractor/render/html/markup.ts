import { visible } from "../terminal.ts";

/** HTML that is finished: nothing in it is escaped again. */
export class Markup {
  readonly text: string;

  constructor(text: string) {
    this.text = text;
  }
}

export type Child = Markup | string | number | null | readonly Child[];

/**
 * A template whose values are escaped unless they are Markup: text from a package can't become an element or leave an
 * attribute.
 */
export function html(strings: TemplateStringsArray, ...values: readonly Child[]): Markup {
  return new Markup(
    strings.map((text, index) => text + (index < values.length ? textOf(values[index]!) : "")).join(""),
  );
}

function textOf(value: Child): string {
  if (value === null) return "";
  if (value instanceof Markup) return value.text;
  if (typeof value === "object") return value.map(textOf).join("");
  return escaped(String(value));
}

const ENTITY: Record<string, string> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  "'": "&#39;",
  "`": "&#96;",
};

const escaped = (text: string): string => visible(text).replace(/[&<>"'`]/g, (character) => ENTITY[character]!);
