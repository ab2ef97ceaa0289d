// Which language a file is in, by its name. A language costs weight, so only those that the sandbox runs are here.
import { java } from "@codemirror/lang-java";
import { json } from "@codemirror/lang-json";
import { python } from "@codemirror/lang-python";
import { sql } from "@codemirror/lang-sql";
import { yaml } from "@codemirror/lang-yaml";
import { StreamLanguage } from "@codemirror/language";
import { scala } from "@codemirror/legacy-modes/mode/clike";
import { dockerFile } from "@codemirror/legacy-modes/mode/dockerfile";
import { r } from "@codemirror/legacy-modes/mode/r";
import { shell } from "@codemirror/legacy-modes/mode/shell";
import type { Extension } from "@codemirror/state";

const byEnding: Record<string, () => Extension> = {
  py: python,
  ipynb: json,
  json: json,
  java: java,
  sql: sql,
  yaml: yaml,
  yml: yaml,
  r: () => StreamLanguage.define(r),
  scala: () => StreamLanguage.define(scala),
  sh: () => StreamLanguage.define(shell),
  dockerfile: () => StreamLanguage.define(dockerFile),
};

export function languageOf(path: string): Extension {
  const name = path.split("/").at(-1) ?? path;
  const ending = name.toLowerCase().split(".").at(-1) ?? "";
  return byEnding[ending]?.() ?? [];
}
