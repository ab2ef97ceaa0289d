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
let isSending = false;

const choose = (files) => {
  chosen = files;
  const all = new DataTransfer();
  for (const file of files) all.items.add(file);
  input.files = all.files; // so that the field says what is chosen, wherever it came from
  document.getElementById("drop-title").textContent =
    files.length === 0 ? "Drop files here" : `${files.length} file${files.length === 1 ? "" : "s"} chosen`;
};

const entriesIn = (folder) => {
  const reader = folder.createReader();
  const found = [];
  return new Promise((resolve, reject) => {
    const more = () =>
      reader.readEntries((entries) => {
        if (entries.length === 0) return resolve(found);
        found.push(...entries);
        return more(); // browsers hand them out a hundred at a time
      }, reject);
    more();
  });
};

// A folder comes as an entry of its own, whose files have to be asked for; hidden files of the system stay behind.
const filesUnder = async (entry) => {
  if (entry.isFile) return entry.name.startsWith(".") ? [] : [await new Promise((ok, no) => entry.file(ok, no))];
  return (await Promise.all((await entriesIn(entry)).map(filesUnder))).flat();
};

const dropped = async (transfer) => {
  const loose = [...transfer.files];
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  return entries.length === loose.length ? (await Promise.all(entries.map(filesUnder))).flat() : loose;
};

// A file that misses the field by a little must not open in the browser in place of this page.
document.addEventListener("dragover", (event) => {
  event.preventDefault();
  drop.classList.add("over");
});
document.addEventListener("dragleave", (event) => {
  if (!event.relatedTarget) drop.classList.remove("over");
});
document.addEventListener("drop", (event) => {
  event.preventDefault();
  drop.classList.remove("over");
  if (isSending) return;
  const before = chosen;
  dropped(event.dataTransfer)
    .then((files) => choose([...before, ...files]))
    .catch(() => {
      document.getElementById("drop-title").textContent = "What you dropped could not be opened. Choose the files below.";
    });
});
input.addEventListener("change", () => choose([...input.files]));
window.addEventListener("beforeunload", (event) => {
  if (isSending) event.preventDefault();
});
window.addEventListener("pageshow", (event) => {
  if (event.persisted) location.reload(); // coming back must not show a sending that is over
});

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
  isSending = false;
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
  if (isSending) return;
  isSending = true;
  button.disabled = true;
  sending.hidden = false;
  list.replaceChildren();
  say(0, 0, chosen.length);
  sendAll(chosen).catch(() => {
    words.textContent = "The import could not be opened or closed. Look under “Imports so far” and try again in a moment.";
    isSending = false;
    button.disabled = false;
  });
});
