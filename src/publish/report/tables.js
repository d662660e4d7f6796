"use strict";
document.documentElement.classList.add("js");
// Tables: sort by a heading, find a word, unfold.
for (const box of document.querySelectorAll(".table")) {
  const body = box.querySelector("tbody");
  const rows = () => Array.from(body.rows);
  const count = box.querySelector(".count");
  const all = box.querySelector("[data-all]");
  const heads = Array.from(box.querySelectorAll("th[scope=col]"));
  const collator = new Intl.Collator("en", { numeric: true, sensitivity: "base" });
  for (const [at, head] of heads.entries()) {
    head.querySelector("[data-sort]").addEventListener("click", () => {
      const number = head.classList.contains("n");
      const was = head.getAttribute("aria-sort");
      const up = was ? was === "descending" : !number;
      for (const other of heads) other.removeAttribute("aria-sort");
      head.setAttribute("aria-sort", up ? "ascending" : "descending");
      const value = row => {
        const cell = row.cells[at];
        if (!number) return cell.textContent.trim();
        return cell.dataset.v === undefined ? null : Number(cell.dataset.v);
      };
      const sorted = rows().map(row => [value(row), row]);
      sorted.sort(([a], [b]) => {
        const none = x => x === null || x === "";
        if (none(a) || none(b)) return none(a) - none(b);
        const order = number ? a - b : collator.compare(a, b);
        return up ? order : -order;
      });
      body.append(...sorted.map(([, row]) => row));
    });
  }
  const find = box.querySelector("[data-find]");
  find.addEventListener("input", () => {
    const words = find.value.trim().toLowerCase();
    let shown = 0;
    for (const row of rows()) {
      const miss = words !== "" && !row.textContent.toLowerCase().includes(words);
      row.classList.toggle("miss", miss);
      if (!miss) shown += 1;
    }
    box.classList.toggle("finding", words !== "");
    count.textContent = words === "" ? "" : shown + " of " + body.rows.length + " rows";
  });
  if (all) all.addEventListener("click", () => {
    const open = box.classList.toggle("open");
    all.textContent = open ? "Show fewer rows" : "Show all " + body.rows.length + " rows";
  });
}
