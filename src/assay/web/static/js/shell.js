// Small helpers that every page shares. Pages work without this file.
"use strict";

// Failed htmx requests: show the server's notice instead of doing nothing silently.
document.addEventListener("htmx:beforeSwap", (event) => {
  const { xhr, target } = event.detail;
  if (xhr.status >= 400 && xhr.getResponseHeader("Content-Type")?.includes("text/html")) {
    event.detail.shouldSwap = true;
    event.detail.isError = false;
    if (xhr.responseText.includes('class="notice error"')) {
      event.detail.target = document.getElementById("notices") ?? target;
      event.detail.swapOverride = "innerHTML";
    }
  }
});
document.addEventListener("htmx:sendError", () => {
  const notices = document.getElementById("notices");
  if (notices) {
    notices.innerHTML =
      '<p class="notice error" role="alert">No answer from the server. Nothing was lost on this page; try again in a moment.</p>';
  }
});

// A form is sent once: a double click does not send it twice.
document.addEventListener("submit", (event) => {
  const form = event.target;
  if (form.dataset.sent) {
    event.preventDefault();
    return;
  }
  form.dataset.sent = "1";
  setTimeout(() => delete form.dataset.sent, 4000);
});

// On a narrow screen the navigation and the tabs scroll: begin where one is.
for (const here of document.querySelectorAll(".side [aria-current], .tabs [aria-current]")) {
  here.scrollIntoView({ inline: "center", block: "nearest" });
}
