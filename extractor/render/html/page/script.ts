import { startSearch } from "./search.ts";

/**
 * What a page does with a script: filter, sort, open what a link points at. Without it all is there and open to read.
 */
interface FilterField extends HTMLElement {
  name: string;
  value: string;
}

const rowsOf = (table: HTMLTableElement): HTMLTableRowElement[] => [...(table.tBodies[0]?.rows ?? [])];

/** Choices and words stand in the address, so that a link shows what its sender saw. */
const asked = new URLSearchParams(location.search);

function remember(name: string, value: string): void {
  if (value === "") asked.delete(name);
  else asked.set(name, value);
  const query = asked.size > 0 ? `?${asked}` : "";
  try {
    history.replaceState(null, "", `${location.pathname}${query}${location.hash}`);
  } catch {
    // some places a page can be opened from have no address to change
  }
}

const search = document.querySelector<HTMLInputElement>("#find");

/** The first word of the cell in a field's column, or the row's data of its name. */
const said = (
  { cells, dataset }: HTMLTableRowElement,
  { name, dataset: { column } }: FilterField,
): string | undefined =>
  column === undefined ? dataset[name] : cells[Number(column)]?.textContent.trim().split(/\s/)[0];

/** `data-filter` names the table; a field looks at one column, the search at the words of every table. */
function makeFilter(controls: HTMLElement): void {
  const table = controls.dataset.filter ?? "";
  const rows = rowsOf(document.getElementById(table) as HTMLTableElement);
  const texts = rows.map((row) => row.textContent.toLowerCase());
  const fields = [...controls.querySelectorAll<FilterField>("select")];
  const output = controls.querySelector("output");
  const apply = (): void => {
    const words = (search?.value ?? "").toLowerCase().split(/\s+/).filter(Boolean);
    for (const [index, row] of rows.entries())
      row.hidden = !(
        fields.every((field) => field.value === "" || said(row, field) === field.value) &&
        words.every((word) => texts[index]?.includes(word))
      );
    const shown = rows.filter(({ hidden }) => !hidden).length;
    if (output) output.textContent = shown === rows.length ? `${rows.length} rows` : `${shown} of ${rows.length} rows`;
  };
  for (const field of fields) {
    field.value = asked.get(`${table}.${field.name}`) ?? "";
    field.addEventListener("input", () => {
      remember(`${table}.${field.name}`, field.value);
      apply();
    });
  }
  search?.addEventListener("input", apply);
  controls.hidden = false;
  apply();
}

function makeSearch(): void {
  if (search === null) return;
  search.value = asked.get("q") ?? "";
  search.addEventListener("input", () => remember("q", search.value));
  const controls = search.closest<HTMLElement>(".controls");
  if (controls) controls.hidden = false;
}

function makeCopy(button: HTMLButtonElement): void {
  button.hidden = false;
  button.addEventListener("click", async () => {
    await navigator.clipboard.writeText(button.dataset.copy ?? "").then(
      () => (button.textContent = "copied"),
      () => (button.textContent = "not allowed"),
    );
  });
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
  for (const inner of target.querySelectorAll<HTMLDetailsElement>(":scope > td > details, :scope > th > details"))
    inner.open = true;
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

makeSearch();
for (const button of document.querySelectorAll<HTMLButtonElement>("[data-copy]")) makeCopy(button);
for (const controls of document.querySelectorAll<HTMLElement>("[data-filter]")) makeFilter(controls);
for (const head of document.querySelectorAll<HTMLTableCellElement>("th[data-sort]")) makeSortable(head);
addEventListener("hashchange", openTarget);
openTarget();
openForPrint();
startSearch();
