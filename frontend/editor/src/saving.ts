// Saving: every few seconds what changed goes to the server, and at once into the browser's own store, so that a lost
// network, a closed laptop or a killed server costs nothing that was typed.
import type { Files } from "./files";

const EVERY_MS = 4000;
const LONGEST_PAUSE_MS = 30_000;

interface Kept {
  /** The server's state that the text was written on. */
  revision: number;
  files: [string, string][];
  /** The server has this revision. Kept all the same: a reload may overtake the save and show what was before it. */
  isSaved: boolean;
}

interface Answer {
  revision: number;
  error?: string;
  over?: boolean;
}

export class Saver {
  private isDirty = false;
  private isSending = false;
  private isStopped = false;
  private pauseMs = EVERY_MS;
  private timer = 0;
  private readonly tab = nameOfTab();
  private readonly storeKey: string;

  constructor(
    private readonly files: Files,
    private readonly form: HTMLFormElement,
    private revision: number,
    private readonly state: HTMLElement,
    private readonly conflict: HTMLElement,
  ) {
    this.storeKey = `assay:${form.dataset["attempt"] ?? ""}`;
    this.restore();
    document.addEventListener("visibilitychange", () => {
      if (document.visibilityState === "hidden") void this.save(true);
    });
    window.addEventListener("online", () => void this.save());
    conflict.querySelector("[data-here]")?.addEventListener("click", () => this.goOnHere());
    conflict.querySelector("[data-there]")?.addEventListener("click", () => {
      this.forget();
      location.reload();
    });
  }

  changed(): void {
    this.isDirty = true;
    this.keep();
    this.say("Saving…");
    this.plan();
  }

  /** Send what changed; resolves when the server has it, or with false when it has not. */
  async save(isLeaving = false): Promise<boolean> {
    if (this.isStopped || (this.isSending && !isLeaving)) return false;
    if (!this.isDirty) return true;
    this.isSending = true;
    this.isDirty = false;
    const data = this.data("save");
    try {
      const answer = await fetch(addressOf(this.form), {
        method: "POST",
        body: data,
        headers: { Accept: "application/json" },
        keepalive: isLeaving && dataLength(data) < 60_000,
      });
      return this.took(answer.status, (await answer.json()) as Answer);
    } catch {
      this.isDirty = true;
      this.pauseMs = Math.min(this.pauseMs * 2, LONGEST_PAUSE_MS);
      this.say("Not saved: no connection. Your text is kept in this browser.", true);
      this.plan();
      return false;
    } finally {
      this.isSending = false;
    }
  }

  /** What a form would send: the files, what was seen, and what happened since. */
  data(action: string): FormData {
    const data = new FormData(this.form);
    for (const [path, text] of this.files.contents()) data.set(`file:${path}`, text);
    data.set("action", action);
    data.set("revision", String(this.revision));
    data.set("tab", this.tab);
    data.set("events", JSON.stringify(this.files.takeEvents()));
    return data;
  }

  stop(): void {
    this.isStopped = true;
    window.clearTimeout(this.timer);
  }

  forget(): void {
    localStorage.removeItem(this.storeKey);
  }

  took(status: number, answer: Answer): boolean {
    if (status === 200) {
      this.revision = answer.revision;
      this.pauseMs = EVERY_MS;
      this.keep(!this.isDirty);
      this.say("Saved");
      return true;
    }
    if (answer.over) {
      this.stop();
      location.reload();
    } else if (status === 409) {
      this.revision = answer.revision;
      this.isDirty = true;
      this.stop();
      this.conflict.hidden = false;
      this.conflict.querySelector<HTMLElement>("button")?.focus();
      this.say("Open in another tab", true);
    } else {
      this.isDirty = true;
      this.say(answer.error ?? "Not saved.", true);
    }
    return false;
  }

  private plan(): void {
    window.clearTimeout(this.timer);
    this.timer = window.setTimeout(() => void this.save(), this.pauseMs);
  }

  private goOnHere(): void {
    this.conflict.hidden = true;
    this.isStopped = false;
    void this.save();
  }

  private keep(isSaved = false): void {
    const kept: Kept = { revision: this.revision, files: [...this.files.contents()], isSaved };
    try {
      localStorage.setItem(this.storeKey, JSON.stringify(kept));
    } catch {
      // A full or forbidden store: the server's copy is then the only one.
    }
  }

  /** Take up what this browser holds, unless the server's page is newer than that. */
  private restore(): void {
    const raw = localStorage.getItem(this.storeKey);
    if (!raw) return;
    let kept: Kept;
    try {
      kept = JSON.parse(raw) as Kept;
    } catch {
      this.forget();
      return;
    }
    if (kept.revision < this.revision || (kept.isSaved && kept.revision === this.revision)) {
      this.forget();
      return;
    }
    this.files.replace(new Map(kept.files));
    this.revision = kept.revision;
    if (kept.isSaved) return;
    this.isDirty = true;
    this.plan();
    this.say("Text that had not reached the server was found in this browser.");
  }

  private say(text: string, isWarning = false): void {
    this.state.textContent = text;
    this.state.classList.toggle("warning", isWarning);
  }
}

function dataLength(data: FormData): number {
  let length = 0;
  for (const [, value] of data) length += typeof value === "string" ? value.length : value.size;
  return length;
}

/** A name that a reload keeps: what the page before it sent last must not look like another tab's text. */
function nameOfTab(): string {
  const name = sessionStorage.getItem("assay:tab") ?? crypto.randomUUID?.() ?? String(Math.random());
  sessionStorage.setItem("assay:tab", name);
  return name;
}

/** The form's address; its property of that name is the button that is called so. */
export function addressOf(form: HTMLFormElement): string {
  return form.getAttribute("action") ?? location.href;
}
