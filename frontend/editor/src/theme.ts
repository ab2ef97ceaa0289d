// The editor in the site's own colours: everything comes from the tokens, so light and dark need no second theme.
import { HighlightStyle, syntaxHighlighting } from "@codemirror/language";
import { EditorView } from "@codemirror/view";
import { tags as t } from "@lezer/highlight";

const frame = EditorView.theme({
  "&": { backgroundColor: "var(--sheet)", color: "var(--ink)", fontSize: "14px", height: "100%" },
  "&.cm-focused": { outline: "none" }, // the frame around it shows the focus
  ".cm-content": { fontFamily: "var(--mono)", caretColor: "var(--ink)", padding: "12px 0" },
  ".cm-scroller": { fontFamily: "var(--mono)", lineHeight: "1.55", overflow: "auto" },
  ".cm-gutters": { backgroundColor: "var(--sheet)", color: "var(--ink-3)", border: "none", paddingLeft: "6px" },
  ".cm-activeLine": { backgroundColor: "var(--sunk)" },
  ".cm-activeLineGutter": { backgroundColor: "var(--sunk)", color: "var(--ink-2)" },
  ".cm-cursor": { borderLeftColor: "var(--ink)" },
  "&.cm-focused > .cm-scroller > .cm-selectionLayer .cm-selectionBackground, .cm-selectionBackground": {
    backgroundColor: "var(--accent-soft)",
  },
  ".cm-matchingBracket": { backgroundColor: "var(--mark)", outline: "none" },
  ".cm-panels": { backgroundColor: "var(--sunk)", color: "var(--ink)" },
  ".cm-tooltip": { backgroundColor: "var(--sheet)", border: "1px solid var(--line-2)", color: "var(--ink)" },
});

const words = HighlightStyle.define([
  { tag: [t.keyword, t.operatorKeyword, t.modifier], color: "var(--accent)", fontWeight: "600" },
  { tag: [t.string, t.special(t.string), t.regexp], color: "var(--amber)" },
  { tag: [t.comment, t.meta], color: "var(--ink-3)", fontStyle: "italic" },
  { tag: [t.number, t.bool, t.null], color: "var(--fault)" },
  { tag: [t.definition(t.variableName), t.function(t.definition(t.variableName)), t.className], fontWeight: "650" },
  { tag: t.invalid, textDecoration: "underline wavy var(--fault)" },
]);

export const look = [frame, syntaxHighlighting(words)];
