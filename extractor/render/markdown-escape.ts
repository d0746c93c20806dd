import { visible } from "./terminal.ts";

/**
 * Text from a package as a code span that nothing inside can end. Table cells end at `|` even there, and how a
 * backslash before it counts differs between renderers, so it appears as a code point.
 */
export function code(text: string): string {
  const shown = visible(text).replaceAll("|", "\\u{7c}");
  if (shown === "") return "";
  const longest = (shown.match(/`+/g) ?? []).reduce((length, run) => Math.max(length, run.length), 0);
  const fence = "`".repeat(longest + 1);
  const padding = shown.startsWith("`") || shown.endsWith("`") ? " " : "";
  return fence + padding + shown + padding + fence;
}

/**
 * Text from a package as prose: every character that Markdown or HTML could act on is escaped, links and mentions
 * included.
 */
export function prose(text: string): string {
  return visible(text)
    .replace(/[\\`*_{}[\]()#+!~$]/g, "\\$&")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;")
    .replaceAll("|", "&#124;")
    .replace(/@(?=\w)|:(?=\/\/)|(?<=www)\./gi, (mark) => `&#${mark.charCodeAt(0)};`);
}

/** Rows of finished cells. */
export function table(head: readonly string[], rows: readonly (readonly string[])[]): string {
  const line = (cells: readonly string[]): string => `| ${cells.join(" | ")} |`;
  return [line(head), line(head.map(() => "---")), ...rows.map(line)].join("\n");
}
