// The person page: which field is shown, and the marked words in view. The page works without this file.
"use strict";

document.addEventListener("htmx:beforeRequest", (event) => {
  if (!event.target.classList.contains("source")) return;
  document.querySelectorAll(".source.shown").forEach((other) => other.classList.remove("shown"));
  event.target.classList.add("shown");
});

document.addEventListener("htmx:afterSwap", () => {
  const mark = document.querySelector("#viewer .marks rect, #viewer mark");
  const still = matchMedia("(prefers-reduced-motion: reduce)").matches || matchMedia("(max-width: 980px)").matches;
  const box = mark?.closest(".document-text") ?? mark?.closest(".viewer-column");
  if (!mark || !box || still) return;
  const top = mark.getBoundingClientRect().top - box.getBoundingClientRect().top + box.scrollTop;
  box.scrollTo({ top: Math.max(top - box.clientHeight / 3, 0), behavior: "smooth" });
});
