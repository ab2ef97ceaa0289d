// Sends dropped files in small batches side by side. Without this file the plain form sends them in one request.
"use strict";

const FILES_A_BATCH = 8;
const BYTES_A_BATCH = 6 * 2 ** 20;
const AT_ONCE = 3;
const TRIES = 3;

const form = document.getElementById("import-form");
const drop = document.getElementById("drop");
const input = document.getElementById("files");
const sending = document.getElementById("sending");
const words = document.getElementById("sending-words");
const bar = document.getElementById("sending-bar");
const list = document.getElementById("sending-files");
const button = document.getElementById("import-send");
let chosen = [];

const choose = (files) => {
  chosen = [...files];
  document.getElementById("drop-title").textContent =
    chosen.length === 0 ? "Drop files here" : `${chosen.length} file${chosen.length === 1 ? "" : "s"} chosen`;
};

for (const kind of ["dragenter", "dragover"]) {
  drop.addEventListener(kind, (event) => {
    event.preventDefault();
    drop.classList.add("over");
  });
}
for (const kind of ["dragleave", "drop"]) drop.addEventListener(kind, () => drop.classList.remove("over"));
drop.addEventListener("drop", (event) => {
  event.preventDefault();
  choose(event.dataTransfer.files);
  input.required = false;
});
input.addEventListener("change", () => choose(input.files));

const batchesOf = (files) => {
  const batches = [];
  let batch = [];
  let bytes = 0;
  for (const file of files) {
    if (batch.length && (batch.length >= FILES_A_BATCH || bytes + file.size > BYTES_A_BATCH)) {
      batches.push(batch);
      [batch, bytes] = [[], 0];
    }
    batch.push(file);
    bytes += file.size;
  }
  return batch.length ? [...batches, batch] : batches;
};

const post = async (url, body) => {
  const response = await fetch(url, {
    method: "POST",
    body,
    headers: { Accept: "application/json", "X-CSRFToken": form.elements.csrfmiddlewaretoken.value },
  });
  if (!response.ok) throw new Error(`${response.status}`);
  return response;
};

// Sending a batch twice is harmless: the server keeps each file once.
const sendBatch = async (url, batch) => {
  const body = new FormData();
  for (const file of batch) body.append("files", file);
  for (let attempt = 1; ; attempt += 1) {
    try {
      return (await (await post(url, body)).json()).files;
    } catch (error) {
      if (attempt === TRIES) throw error;
      await new Promise((resolve) => setTimeout(resolve, 800 * attempt));
    }
  }
};

const rowOf = (file) => {
  const row = document.createElement("li");
  const name = document.createElement("span");
  const state = document.createElement("span");
  name.textContent = file.name;
  state.textContent = "waiting";
  state.className = "muted";
  row.append(name, state);
  list.append(row);
  return state;
};

const say = (sent, refused, total) => {
  bar.max = total;
  bar.value = sent;
  words.textContent = `${sent} of ${total} sent${refused ? `, ${refused} refused` : ""}`;
};

const sendAll = async (files) => {
  const states = new Map(files.map((file) => [file, rowOf(file)]));
  const urls = await (await post(form.action || location.href, withoutFiles())).json();
  const waiting = batchesOf(files);
  let [sent, refused, lost] = [0, 0, 0];
  const work = async () => {
    for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
      for (const file of batch) states.get(file).textContent = "sending";
      try {
        const answers = await sendBatch(urls.files, batch);
        batch.forEach((file, i) => {
          states.get(file).textContent = answers[i]?.problem || "sent";
          refused += answers[i]?.problem ? 1 : 0;
        });
        sent += batch.length;
      } catch {
        for (const file of batch) states.get(file).textContent = "not sent: send it again in a new import";
        lost += batch.length;
      }
      say(sent, refused, files.length);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  await post(urls.close, new FormData());
  if (lost === 0) location.href = urls.batch;
  else {
    words.textContent = `${sent} of ${files.length} sent. ${lost} did not get through; they are named below. `;
    const link = document.createElement("a");
    [link.href, link.textContent] = [urls.batch, "See what is being read"];
    words.append(link);
    button.disabled = false;
  }
};

const withoutFiles = () => {
  const body = new FormData(form);
  body.delete("files");
  return body;
};

form.addEventListener("submit", (event) => {
  if (chosen.length === 0) return;
  event.preventDefault();
  button.disabled = true;
  sending.hidden = false;
  list.replaceChildren();
  say(0, 0, chosen.length);
  sendAll(chosen).catch(() => {
    words.textContent = "The import could not be opened. Nothing was sent; try again in a moment.";
    button.disabled = false;
  });
});
