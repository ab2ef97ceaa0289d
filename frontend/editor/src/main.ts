// The candidate's desk: files, saving, visible tests, the clock. Without this script the same page is a plain form.
import { startClock } from "./clock";
import { Files } from "./files";
import { addressOf, Saver } from "./saving";

const POLL_MS = 250;

function one<T extends HTMLElement>(selector: string): T {
  const found = document.querySelector<T>(selector);
  if (!found) throw new Error(`the page lacks ${selector}`);
  return found;
}

async function showOutcome(place: HTMLElement, url: string): Promise<void> {
  for (;;) {
    const answer = await fetch(url, { headers: { Accept: "text/html" } });
    if (answer.ok) place.innerHTML = await answer.text();
    if (answer.headers.get("X-Is-Waiting") !== "1") return;
    await new Promise((resolve) => window.setTimeout(resolve, POLL_MS));
  }
}

function start(form: HTMLFormElement): void {
  const outcome = one("#outcome");
  let saver: Saver | undefined;
  const files = new Files(
    one("#files"),
    one("#tabs"),
    form.dataset["readonly"] === "1",
    form.dataset["nonce"] ?? "",
    () => saver?.changed(),
  );
  saver = new Saver(files, form, Number(form.dataset["revision"]), one("#saved"), one("#conflict"));
  const held = saver;

  const run = async (): Promise<void> => {
    const button = one<HTMLButtonElement>("#run");
    if (button.disabled) return;
    button.disabled = true;
    files.note("run");
    outcome.setAttribute("aria-busy", "true");
    try {
      const answer = await fetch(addressOf(form), {
        method: "POST",
        body: held.data("run"),
        headers: { Accept: "application/json" },
      });
      const told = (await answer.json()) as { revision: number; outcome?: string; error?: string; over?: boolean };
      if (told.outcome) {
        held.took(200, told);
        await showOutcome(outcome, told.outcome);
      } else if (!held.took(answer.status, told)) {
        outcome.textContent = told.error ?? "";
      }
    } catch {
      outcome.textContent = "No connection: the tests did not run. Nothing was lost; try again in a moment.";
    } finally {
      outcome.removeAttribute("aria-busy");
      button.disabled = false;
    }
  };

  one("#run").addEventListener("click", (event) => {
    event.preventDefault();
    void run();
  });
  document.addEventListener("keydown", (event) => {
    if (event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      void run();
    }
  });
  form.addEventListener("submit", (event) => {
    const by = event.submitter as HTMLButtonElement | null;
    if (by?.value !== "hand_in") return;
    // The form's own fields are sent, so that a hand-in works however little else does.
    for (const [path, text] of files.contents()) {
      const area = form.querySelector<HTMLTextAreaElement>(`textarea[name="${CSS.escape(`file:${path}`)}"]`);
      if (area) {
        area.value = text;
        area.disabled = false;
      }
    }
    held.stop();
    held.forget();
  });
  const add = document.querySelector<HTMLFormElement>("#add-file");
  if (add) {
    add.hidden = false;
    add.addEventListener("submit", (event) => {
      event.preventDefault();
      const name = add.querySelector<HTMLInputElement>("input");
      if (name?.value.trim()) files.add(name.value.trim());
      if (name) name.value = "";
    });
  }
  const tabKey = document.querySelector<HTMLInputElement>("#tab-indents");
  tabKey?.closest("label")?.removeAttribute("hidden");
  tabKey?.addEventListener("change", () => files.setTabIndents(tabKey.checked));
  const clock = document.querySelector<HTMLElement>("#clock[data-ends]");
  if (clock) {
    startClock(clock, one("#spoken"), () => {
      void held.save().finally(() => window.setTimeout(() => location.reload(), 1500));
    });
  }
  const waiting = outcome.querySelector<HTMLElement>("[data-poll]");
  if (waiting?.dataset["poll"]) void showOutcome(outcome, waiting.dataset["poll"]);
}

const form = document.querySelector<HTMLFormElement>("form#work");
if (form) start(form);
