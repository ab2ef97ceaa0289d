// Editing a role: add a row of the competency table. Without this file two spare rows are there after each save.
"use strict";

const addButton = document.getElementById("add-demand");
const rowTemplate = document.getElementById("demand-template");
const total = document.getElementById("id_demands-TOTAL_FORMS");
if (addButton && rowTemplate && total) {
  addButton.hidden = false;
  addButton.addEventListener("click", () => {
    const html = rowTemplate.innerHTML.replaceAll("__prefix__", total.value);
    total.value = String(Number(total.value) + 1);
    addButton.insertAdjacentHTML("beforebegin", html);
    addButton.previousElementSibling?.querySelector("select")?.focus();
  });
}
