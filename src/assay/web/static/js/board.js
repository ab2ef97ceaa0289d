// Dragging a card submits the same form as its menu. Without this file the menu does everything.
"use strict";

let dragged = null;

const mayDrop = (column) => dragged?.dataset.targets.split(" ").includes(column.dataset.state);

document.addEventListener("dragstart", (event) => {
  dragged = event.target.closest?.(".card") ?? null;
  if (!dragged) return;
  dragged.classList.add("dragged");
  event.dataTransfer.effectAllowed = "move";
  for (const column of document.querySelectorAll(".column")) {
    column.classList.toggle("closed", column !== dragged.closest(".column") && !mayDrop(column));
  }
});

document.addEventListener("dragover", (event) => {
  const column = event.target.closest?.(".column");
  for (const other of document.querySelectorAll(".column.over")) {
    if (other !== column) other.classList.remove("over");
  }
  if (column && mayDrop(column)) {
    event.preventDefault();
    column.classList.add("over");
  }
});

document.addEventListener("dragend", () => {
  dragged?.classList.remove("dragged");
  dragged = null;
  for (const column of document.querySelectorAll(".column")) column.classList.remove("over", "closed");
});

document.addEventListener("drop", (event) => {
  const column = event.target.closest?.(".column");
  if (!column || !mayDrop(column)) return;
  event.preventDefault();
  const form = dragged.querySelector(".card-move");
  form.querySelector("select").value = column.dataset.state;
  form.requestSubmit();
});
