// The shortlist's keys and its selection. The page works without this file: boxes, a button and links.
"use strict";

const LIMIT = 4;
const people = [...document.querySelectorAll(".person")];
const boxes = [...document.querySelectorAll('.pick input[name="person"]')];
const keys = document.getElementById("keys");
const picked = document.getElementById("picked");
const form = document.getElementById("compare");
let at = -1;

function go(step) {
  if (!people.length) return;
  at = Math.min(Math.max(at + step, 0), people.length - 1);
  people[at].focus();
}

function tell() {
  const count = boxes.filter((box) => box.checked).length;
  for (const box of boxes) {
    box.disabled = !box.checked && count >= LIMIT;
    box.closest(".person").classList.toggle("picked", box.checked);
  }
  picked.textContent = count
    ? `${count} of up to ${LIMIT} selected.`
    : "Select up to four people to see them side by side.";
}

for (const [index, person] of people.entries()) {
  person.addEventListener("focusin", () => { at = index; });
}
for (const box of boxes) box.addEventListener("change", tell);
if (picked) tell();

const show = document.getElementById("show-keys");
if (show && keys) {
  show.hidden = false;
  show.addEventListener("click", () => keys.showModal());
}

const ACTIONS = {
  j: () => go(1),
  k: () => go(-1),
  x: () => {
    const box = people[at]?.querySelector('.pick input[name="person"]');
    if (box && !box.disabled) { box.checked = !box.checked; tell(); }
  },
  c: () => { if (boxes.some((box) => box.checked)) form.requestSubmit(); },
  o: () => people[at]?.querySelector(".who h3 a")?.click(),
  "?": () => keys?.showModal(),
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey || keys?.open) return;
  if (event.target.closest("input, select, textarea, [contenteditable]") && event.target.type !== "checkbox") return;
  const action = ACTIONS[event.key];
  if (!action) return;
  event.preventDefault();
  action();
});

// The words open beside the list and take the focus, so that a keyboard gets there and back.
document.addEventListener("htmx:afterSwap", (event) => {
  if (event.detail.target.id !== "words") return;
  const close = event.detail.target.querySelector("[data-close]");
  close?.focus();
  const opener = event.detail.requestConfig?.elt;
  close?.addEventListener("click", (click) => {
    click.preventDefault();
    event.detail.target.replaceChildren();
    opener?.focus();
  });
});
