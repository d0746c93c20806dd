import { startSearch } from "./search.ts";

/** What a page does with a script: filter, sort, open what a link points at. Without it all is there and open to read. */
interface FilterField extends HTMLElement {
  name: string;
  value: string;
}

const rowsOf = (table: HTMLTableElement): HTMLTableRowElement[] => [...(table.tBodies[0]?.rows ?? [])];

/** `data-filter` names the table. A field named `text` looks at a row's words, any other at the row's data of that name. */
function makeFilter(controls: HTMLElement): void {
  const rows = rowsOf(document.getElementById(controls.dataset.filter ?? "") as HTMLTableElement);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const fields = [...controls.querySelectorAll<FilterField>("input,select")];
  const output = controls.querySelector("output");
  const fits = (row: HTMLTableRowElement, index: number): boolean =>
    fields.every(({ name, value }) => {
      if (value === "") return true;
      if (name !== "text") return row.dataset[name] === value;
      return value
        .toLowerCase()
        .split(/\s+/)
        .every((word) => texts[index]?.includes(word));
    });
  const apply = (): void => {
    for (const [index, row] of rows.entries()) row.hidden = !fits(row, index);
    const shown = rows.filter(({ hidden }) => !hidden).length;
    if (output) output.textContent = shown === rows.length ? `${rows.length} rows` : `${shown} of ${rows.length} rows`;
  };
  for (const field of fields) field.addEventListener("input", apply);
  controls.hidden = false;
  apply();
}

/** A cell's `data-key` is what it is sorted by, otherwise its text. */
function makeSortable(head: HTMLTableCellElement): void {
  const button = document.createElement("button");
  button.type = "button";
  button.append(...head.childNodes);
  head.append(button);
  const keyOf = (row: HTMLTableRowElement): string => {
    const cell = row.cells[head.cellIndex];
    return cell?.dataset.key ?? cell?.textContent.trim() ?? "";
  };
  button.addEventListener("click", () => {
    const isUp = head.getAttribute("aria-sort") !== "ascending";
    for (const other of (head.parentElement as HTMLTableRowElement).cells) other.removeAttribute("aria-sort");
    head.setAttribute("aria-sort", isUp ? "ascending" : "descending");
    const table = head.closest("table") as HTMLTableElement;
    const sign = isUp ? 1 : -1;
    const keyed = rowsOf(table).map((row) => ({ key: keyOf(row), row }));
    keyed.sort((a, b) => sign * a.key.localeCompare(b.key, "en", { numeric: true }));
    table.tBodies[0]?.append(...keyed.map(({ row }) => row));
  });
}

function openTarget(): void {
  const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
  if (target === null) return;
  for (let part: HTMLElement | null = target; part !== null; part = part.parentElement) {
    if (part.hidden) part.hidden = false;
    if (part instanceof HTMLDetailsElement) part.open = true;
  }
  for (const inner of target.querySelectorAll<HTMLDetailsElement>(":scope > td > details")) inner.open = true;
  target.scrollIntoView();
}

/** Paper can't be clicked on: everything is open while the page is printed. */
function openForPrint(): void {
  let closed: HTMLDetailsElement[] = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll<HTMLDetailsElement>("details:not([open])")];
    for (const details of closed) details.open = true;
  });
  addEventListener("afterprint", () => {
    for (const details of closed) details.open = false;
  });
}

for (const controls of document.querySelectorAll<HTMLElement>("[data-filter]")) makeFilter(controls);
for (const head of document.querySelectorAll<HTMLTableCellElement>("th[data-sort]")) makeSortable(head);
addEventListener("hashchange", openTarget);
openTarget();
openForPrint();
startSearch();
