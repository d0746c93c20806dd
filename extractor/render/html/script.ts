/** What a page can do with a script: filter, sort, and open what a link points at. Without it everything is there and open to read. */
export const SCRIPT = `
"use strict";
(() => {
  for (const box of document.querySelectorAll("[data-filter]")) {
    const rows = [...document.getElementById(box.dataset.filter).tBodies[0].rows];
    const texts = rows.map((row) => row.textContent.toLowerCase());
    const fields = [...box.querySelectorAll("input,select")];
    const output = box.querySelector("output");
    const apply = () => {
      let shown = 0;
      rows.forEach((row, index) => {
        const fits = fields.every((field) => {
          if (field.value === "") return true;
          return field.name === "text"
            ? field.value.toLowerCase().split(/\\s+/).every((word) => texts[index].includes(word))
            : row.dataset[field.name] === field.value;
        });
        row.hidden = !fits;
        if (fits) shown++;
      });
      output.textContent = shown === rows.length ? rows.length + " rows" : shown + " of " + rows.length + " rows";
    };
    for (const field of fields) field.addEventListener("input", apply);
    box.hidden = false;
    apply();
  }
  for (const head of document.querySelectorAll("th[data-sort]")) {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const up = head.getAttribute("aria-sort") !== "ascending";
      for (const other of head.parentElement.cells) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const body = head.closest("table").tBodies[0];
      const key = (row) => row.cells[head.cellIndex].dataset.key ?? row.cells[head.cellIndex].textContent.trim();
      const sign = up ? 1 : -1;
      const rows = [...body.rows].map((row) => [key(row), row]);
      rows.sort(([a], [b]) => sign * a.localeCompare(b, "en", { numeric: true }));
      body.append(...rows.map(([, row]) => row));
    });
  }
  const open = () => {
    const target = document.getElementById(decodeURIComponent(location.hash.slice(1)));
    if (target === null) return;
    for (let part = target; part !== null; part = part.parentElement) {
      if (part.hidden) part.hidden = false;
      if (part.tagName === "DETAILS") part.open = true;
    }
    for (const inner of target.querySelectorAll(":scope > td > details")) inner.open = true;
    target.scrollIntoView();
  };
  addEventListener("hashchange", open);
  open();
  let closed = [];
  addEventListener("beforeprint", () => {
    closed = [...document.querySelectorAll("details:not([open])")];
    for (const one of closed) one.open = true;
  });
  addEventListener("afterprint", () => {
    for (const one of closed) one.open = false;
  });
})();
`;
