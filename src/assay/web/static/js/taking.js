// A question of a knowledge test: the clock, keys for the options, and sending that outlasts a lost network.
// The page works without this file.
"use strict";

const form = document.getElementById("question");
const fault = document.getElementById("fault");
const sending = document.getElementById("sending");
const RETRY_MS = 3000;
const GRACE_MS = 22000;
const SPOKEN_MIN = [10, 5, 1];

// The clock follows the server's time: a clock that is wrong on this device changes nothing.
const clock = document.getElementById("clock");
if (clock) {
  const offset = Date.parse(clock.dataset.now) - Date.now();
  const ends = Date.parse(clock.dataset.ends);
  const spoken = new Set();
  const tick = () => {
    const left = Math.max(0, Math.ceil((ends - Date.now() - offset) / 1000));
    clock.textContent = `${Math.floor(left / 60)}:${String(left % 60).padStart(2, "0")}`;
    const minutes = SPOKEN_MIN.find((one) => left <= one * 60 && left > one * 60 - 5);
    if (minutes && !spoken.has(minutes)) {
      spoken.add(minutes);
      document.getElementById("spoken").textContent = `${minutes} minute${minutes === 1 ? "" : "s"} left`;
      clock.classList.add("warning");
    }
    if (left === 0) {
      // An answer that is on its way still counts for a few seconds; then the server ends the test.
      setTimeout(() => location.reload(), GRACE_MS);
      return;
    }
    setTimeout(tick, 500);
  };
  tick();
}

function showFault(text) {
  fault.innerHTML = "";
  const notice = document.createElement("p");
  notice.className = "notice error";
  notice.textContent = text;
  fault.append(notice);
}

// One answer is on its way at a time. Without a network it is kept and sent again: the server takes it once.
async function send(data) {
  for (;;) {
    try {
      const answer = await fetch(form.getAttribute("action"), { method: "POST", body: data, headers: { Accept: "application/json" } });
      if (answer.headers.get("Content-Type")?.includes("application/json")) return await answer.json();
      if (answer.status < 500) return { go: location.href };
      sending.textContent = "The site did not take the answer. It is kept here and sent again…";
    } catch {
      sending.textContent = "No connection. Your answer is kept here and sent again…";
    }
    await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

form?.addEventListener("submit", async (event) => {
  event.preventDefault();
  event.stopPropagation();
  if (form.dataset.busy) return;
  form.dataset.busy = "1";
  const data = new FormData(form, event.submitter ?? undefined);
  if (!data.has("action")) data.set("action", "answer");
  const told = await send(data);
  if (told.go) {
    location.assign(told.go);
    return;
  }
  delete form.dataset.busy;
  sending.textContent = "";
  showFault(told.error ?? "That was not taken. Try again.");
});

// 1 to 9 choose an option; Enter answers, as in any form.
document.addEventListener("keydown", (event) => {
  const isTyping = event.target instanceof HTMLElement && event.target.matches("input:not([type=radio], [type=checkbox]), textarea, select");
  if (isTyping || event.ctrlKey || event.metaKey || event.altKey || !/^[1-9]$/.test(event.key)) return;
  const option = form?.querySelectorAll(".options input")[Number(event.key) - 1];
  if (option) {
    option.click();
    option.focus();
    event.preventDefault();
  }
});
