// The form of an own competency: add a row for a word. Without this file two spare rows are there after each save.
"use strict";

const addTerm = document.getElementById("add-term");
const termTemplate = document.getElementById("term-template");
const termTotal = document.getElementById("id_terms-TOTAL_FORMS");
if (addTerm && termTemplate && termTotal) {
  addTerm.hidden = false;
  addTerm.addEventListener("click", () => {
    const html = termTemplate.innerHTML.replaceAll("__prefix__", termTotal.value);
    termTotal.value = String(Number(termTotal.value) + 1);
    addTerm.insertAdjacentHTML("beforebegin", html);
    addTerm.previousElementSibling?.querySelector("input")?.focus();
  });
}
