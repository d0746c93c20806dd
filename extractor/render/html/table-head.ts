import { html, type Markup } from "./markup.ts";

/** Title of a column; `sort`: a click sorts by it; `as`: `n` for numbers, `wide` where only wide screens have it. */
export type Column = string | { title: string; sort?: true; as?: "n" | "wide" | "n wide" };

/** The row of titles above a table. A column that is null is not there. */
export const tableHead = (columns: readonly (Column | null)[]): Markup =>
  html`<thead><tr>${columns.map((column) => (column === null ? null : titleCell(column)))}</tr></thead>`;

function titleCell(column: Column): Markup {
  if (typeof column === "string") return html`<th scope="col">${column}</th>`;
  const { title, sort, as } = column;
  return html`<th scope="col"${as === undefined ? null : html` class="${as}"`}${sort === true ? html` data-sort` : null}>${title}</th>`;
}
