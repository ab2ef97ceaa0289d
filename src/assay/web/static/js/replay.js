// Plays the saves of an attempt again: a slider over its history. Without this script the newest files are shown.
"use strict";

(async () => {
  const box = document.getElementById("replay");
  if (!box) return;
  const { saves } = await (await fetch(box.dataset.source)).json();
  if (saves.length < 2) return;
  const slider = document.getElementById("replay-at");
  const text = document.getElementById("replay-text");
  const words = document.getElementById("replay-words");
  const begun = Date.parse(saves[0].at);
  const show = () => {
    const save = saves[Number(slider.value)];
    const minutes = Math.round((Date.parse(save.at) - begun) / 6000) / 10;
    const pasted = save.events.filter((event) => event.kind === "paste").map((event) => event.characters);
    words.textContent =
      `save ${save.revision} of ${saves.length - 1}, after ${minutes} min` +
      (pasted.length ? `, pasted ${pasted.join(" and ")} characters` : "");
    text.textContent = Object.entries(save.files)
      .map(([path, content]) => `— ${path} —\n${content}`)
      .join("\n");
  };
  slider.max = String(saves.length - 1);
  slider.value = slider.max;
  slider.addEventListener("input", show);
  box.hidden = false;
  show();
})();
