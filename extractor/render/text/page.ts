import pc from "picocolors";
import type { Evidence } from "../../model/report.ts";
import { plural } from "../count.ts";
import type { Rendering } from "../rendering.ts";
import { visible } from "../terminal.ts";

/** What every section of the text needs: inks, the width, and how much to show. */
export interface Page {
  ink: ReturnType<typeof pc.createColors>;
  columns: number;
  all: boolean;
}

const NARROWEST = 40;

export const page = (rendering: Rendering): Page => ({
  ink: pc.createColors(rendering.color),
  columns: Math.max(NARROWEST, rendering.columns),
  all: rendering.all,
});

/** The title of a section and how much it holds. */
export function heading(sheet: Page, title: string, note: string): string[] {
  const [first = "", ...others] = wrap(sheet, `${title}  `, note.split(" "), " ");
  return [sheet.ink.bold(sheet.ink.magenta(title)) + first.slice(title.length), ...others];
}

/** The first `limit` items, or all of them where the reader asked for all, and how many were left. */
export function cut<T>(sheet: Page, items: readonly T[], limit: number): { shown: readonly T[]; more: number } {
  if (sheet.all || items.length <= limit) return { shown: items, more: 0 };
  return { shown: items.slice(0, limit), more: items.length - limit };
}

/** The line that says what `cut` left out; no line where it left nothing. */
export function moreLine(sheet: Page, indent: string, more: number, noun: string): string[] {
  return more === 0
    ? []
    : [
        sheet.ink.dim(
          `${indent}… and ${more.toLocaleString("en-US")} more ${more === 1 ? noun : plural(noun)} (--all, or --format json)`,
        ),
      ];
}

/** Words joined by `separator` and broken into lines that fit; later lines start with `indent` spaces. */
export function wrap(sheet: Page, first: string, words: readonly string[], separator = ", "): string[] {
  const indent = " ".repeat(first.length);
  const lines: string[] = [];
  let line = first;
  words.forEach((word, index) => {
    const piece = index === words.length - 1 ? word : word + separator;
    if (line.length > indent.length && line.length + piece.trimEnd().length > sheet.columns) {
      lines.push(line.trimEnd());
      line = indent;
    }
    line += piece;
  });
  return [...lines, line.trimEnd()];
}

/**
 * `file:line:column` of the first place, its original source where a map gave one, and how many other places there
 * are.
 */
export function place(evidence: readonly Evidence[]): string {
  const [first] = evidence;
  if (first === undefined) return "";
  const at = `${visible(first.file)}:${first.line}:${first.column}`;
  const source = first.source ? ` (${visible(first.source.file)}:${first.source.line})` : "";
  return at + source + (evidence.length > 1 ? ` +${evidence.length - 1}` : "");
}

/** Length of the longest text. Lists can be too long to be arguments of Math.max. */
export const longest = (texts: readonly string[]): number =>
  texts.reduce((length, text) => Math.max(length, text.length), 0);

/**
 * Rows of `left` and `right`, the right ones aligned where the width allows, on a line of their own where it doesn't.
 */
export function rows(
  sheet: Page,
  items: readonly { left: string; right: string; paint(left: string): string }[],
): string[][] {
  const widest = longest(items.map((item) => item.right));
  const edge = longest(items.map((item) => item.left).filter((left) => left.length + 2 + widest <= sheet.columns));
  return items.map(({ left, right, paint }) => {
    if (right === "") return [paint(left)];
    const gap = Math.max(2, edge + 2 - left.length);
    if (left.length + gap + right.length <= sheet.columns)
      return [paint(left) + " ".repeat(gap) + sheet.ink.dim(right)];
    const indent = " ".repeat(left.length - left.trimStart().length + 6);
    return [paint(left), sheet.ink.dim(indent + right)];
  });
}
