// The files of an attempt: a textarea each from the server, an editor each in the browser, and tabs between them.
import { closeBrackets, closeBracketsKeymap } from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap, indentWithTab, toggleTabFocusMode } from "@codemirror/commands";
import { bracketMatching, indentOnInput, indentUnit } from "@codemirror/language";
import { highlightSelectionMatches, searchKeymap } from "@codemirror/search";
import { Compartment, EditorState } from "@codemirror/state";
import {
  drawSelection,
  EditorView,
  highlightActiveLine,
  highlightActiveLineGutter,
  keymap,
  lineNumbers,
} from "@codemirror/view";
import { languageOf } from "./languages";
import { look } from "./theme";

export interface EditEvent {
  kind: string;
  path: string;
  characters: number;
  at_ms: number;
}

export class Files {
  readonly editors = new Map<string, EditorView>();
  private events: EditEvent[] = [];
  private readonly tabKey = new Compartment();
  private doesTabIndent = false;

  constructor(
    private readonly desk: HTMLElement,
    private readonly tabs: HTMLElement,
    private readonly isReadOnly: boolean,
    private readonly nonce: string,
    private readonly onChange: () => void,
  ) {
    for (const box of desk.querySelectorAll<HTMLElement>("[data-path]")) this.mount(box);
    tabs.hidden = false;
    this.show(this.paths()[0] ?? "");
    tabs.addEventListener("keydown", (event) => this.onTabsKey(event));
  }

  paths(): string[] {
    return [...this.editors.keys()];
  }

  contents(): Map<string, string> {
    return new Map([...this.editors].map(([path, view]) => [path, view.state.doc.toString()]));
  }

  takeEvents(): EditEvent[] {
    const taken = this.events;
    this.events = [];
    return taken;
  }

  note(kind: string, path = "", characters = 0): void {
    this.events.push({ kind, path, characters, at_ms: Date.now() });
  }

  replace(contents: Map<string, string>): void {
    for (const [path, text] of contents) {
      const view = this.editors.get(path) ?? this.add(path);
      if (view && view.state.doc.toString() !== text) {
        view.dispatch({ changes: { from: 0, to: view.state.doc.length, insert: text } });
      }
    }
  }

  add(path: string): EditorView | undefined {
    if (this.editors.has(path)) return this.editors.get(path);
    const box = document.createElement("div");
    box.className = "file";
    box.dataset["path"] = path;
    const area = document.createElement("textarea");
    area.name = `file:${path}`;
    box.append(area);
    this.desk.append(box);
    this.mount(box);
    this.show(path);
    return this.editors.get(path);
  }

  /** Tab leaves the editor, unless somebody asks that it indents. */
  setTabIndents(does: boolean): void {
    this.doesTabIndent = does;
    for (const view of this.editors.values()) {
      view.dispatch({ effects: this.tabKey.reconfigure(does ? keymap.of([indentWithTab]) : []) });
    }
  }

  show(path: string): void {
    for (const box of this.desk.querySelectorAll<HTMLElement>("[data-path]")) {
      box.hidden = box.dataset["path"] !== path;
    }
    for (const tab of this.tabs.querySelectorAll<HTMLElement>("[role=tab]")) {
      const isShown = tab.dataset["path"] === path;
      tab.setAttribute("aria-selected", String(isShown));
      tab.tabIndex = isShown ? 0 : -1;
    }
  }

  private mount(box: HTMLElement): void {
    const path = box.dataset["path"] ?? "";
    const area = box.querySelector("textarea");
    if (!area) return;
    const place = document.createElement("div");
    place.className = "editor";
    const view = new EditorView({ parent: place, state: this.stateOf(path, area.value) });
    area.hidden = true;
    area.disabled = true; // the script sends the editor's text; without the script the textarea is the form's field
    box.querySelector("label")?.remove();
    box.append(place);
    const index = this.editors.size;
    box.id = `file-${index}`;
    box.setAttribute("role", "tabpanel");
    box.setAttribute("aria-labelledby", `tab-${index}`);
    this.editors.set(path, view);
    this.addTab(path, index);
  }

  private stateOf(path: string, text: string): EditorState {
    return EditorState.create({
      doc: text,
      extensions: [
        lineNumbers(),
        highlightActiveLine(),
        highlightActiveLineGutter(),
        drawSelection(),
        history(),
        indentOnInput(),
        bracketMatching(),
        closeBrackets(),
        highlightSelectionMatches(),
        indentUnit.of("    "),
        this.tabKey.of(this.doesTabIndent ? keymap.of([indentWithTab]) : []),
        keymap.of([
          { key: "Ctrl-m", mac: "Shift-Alt-m", run: toggleTabFocusMode },
          ...closeBracketsKeymap,
          ...defaultKeymap,
          ...historyKeymap,
          ...searchKeymap,
        ]),
        EditorState.readOnly.of(this.isReadOnly),
        EditorView.cspNonce.of(this.nonce),
        EditorView.contentAttributes.of({ "aria-label": `Text of ${path}`, spellcheck: "false" }),
        EditorView.lineWrapping,
        EditorView.domEventHandlers({
          paste: (event) => this.note("paste", path, event.clipboardData?.getData("text/plain").length ?? 0),
        }),
        EditorView.updateListener.of((update) => {
          if (update.docChanged) this.onChange();
        }),
        languageOf(path),
        look,
      ],
    });
  }

  private addTab(path: string, index: number): void {
    const tab = document.createElement("button");
    tab.type = "button";
    tab.id = `tab-${index}`;
    tab.dataset["path"] = path;
    tab.setAttribute("role", "tab");
    tab.setAttribute("aria-controls", `file-${index}`);
    tab.textContent = path;
    tab.addEventListener("click", () => this.show(path));
    this.tabs.append(tab);
  }

  private onTabsKey(event: KeyboardEvent): void {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key];
    if (!step) return;
    const all = [...this.tabs.querySelectorAll<HTMLElement>("[role=tab]")];
    const at = all.findIndex((tab) => tab.getAttribute("aria-selected") === "true");
    const next = all[(at + step + all.length) % all.length];
    this.show(next?.dataset["path"] ?? "");
    next?.focus();
  }
}
