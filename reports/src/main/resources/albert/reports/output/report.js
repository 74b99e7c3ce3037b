"use strict";
// The headings of the table become buttons that sort it; without this script the table stands as it is.
for (const table of document.querySelectorAll("table.variants")) {
  const body = table.tBodies[0];
  const original = [...body.rows];
  const heads = [...table.tHead.rows[0].cells];
  const order = (row, column) => {
    const cell = row.cells[column];
    if (column === 0) return cell.textContent.trim();
    return cell.dataset.order === "" ? null : Number(cell.dataset.order);
  };
  const compare = (a, b) => (typeof a === "string" ? a.localeCompare(b) : a - b);
  const sort = (column, state) => {
    const rows = original.slice();
    if (state !== "none") {
      const sign = state === "ascending" ? 1 : -1;
      rows.sort((first, second) => {
        const a = order(first, column);
        const b = order(second, column);
        if (a === null || b === null) return (a === null) - (b === null);
        return sign * compare(a, b);
      });
    }
    body.append(...rows);
    heads.forEach((head, i) => {
      if (i === column && state !== "none") head.setAttribute("aria-sort", state);
      else head.removeAttribute("aria-sort");
    });
  };
  heads.forEach((head, column) => {
    const button = document.createElement("button");
    button.type = "button";
    button.append(...head.childNodes);
    head.append(button);
    button.addEventListener("click", () => {
      const now = head.getAttribute("aria-sort");
      const first = column === 0 ? "ascending" : "descending";
      const second = column === 0 ? "descending" : "ascending";
      sort(column, now === null ? first : now === first ? second : "none");
    });
  });
}
// What is folded on the screen is printed.
let opened = [];
addEventListener("beforeprint", () => {
  opened = [...document.querySelectorAll("details:not([open])")];
  opened.forEach((details) => (details.open = true));
});
addEventListener("afterprint", () => opened.forEach((details) => (details.open = false)));
