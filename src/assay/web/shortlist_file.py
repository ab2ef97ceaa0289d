"""A shortlist as one HTML file: no server, no script, no outside address; it prints well.

The same rows and rules of style as the page's own, drawn by Django's template engine without its settings.
"""

from functools import cache
from html import escape
from pathlib import Path

from django.template import Context, Engine
from django.utils.safestring import mark_safe

from assay.matching.sheet import Sheet
from assay.web.shortlist_rows import groups_of, level_word, rows_of, sheet_summary, step_words

WEB = Path(__file__).resolve().parent
STYLES = ("tokens", "base", "components", "shortlist")


def shortlist_html(*, sheet: Sheet, made_on: str, limit: int | None = None) -> str:
    """Yield the file's text.

    Parameters
    ----------
    made_on
        The day on which the list was made, as words.
    limit
        Show only so many people from the top; None shows all.
    """
    entries = sheet.entries[:limit]
    rows = rows_of(entries=entries, bar=sheet.role.bar, person_url=_nowhere, words_url=_nowhere)
    groups = groups_of(rows=rows, brackets=sheet.brackets, total=len(sheet.entries))
    template = _engine().get_template("shortlist/file.html")
    return template.render(
        Context(
            {
                "title": sheet.role.title,
                "summary": sheet_summary(sheet),
                "made_on": made_on,
                "styles": mark_safe(_styles()),  # noqa: S308 -- our own files
                "groups": groups,
                "asked": [
                    f"{one.name}, {level_word(one.level)}{' · must-have' if one.is_must_have else ''}"
                    for one in sheet.role.requirements
                ],
                "constraints": sheet.role.constraints,
                "not_in_map": sheet.role.not_in_map,
                "step": step_words(sheet.next_step),
                "unreadable": sheet.unreadable,
                "cut": str(len(sheet.entries)) if len(entries) < len(sheet.entries) else "",
                "versions": ", ".join(
                    (
                        f"map {sheet.versions.competency_map}",
                        f"sources {sheet.versions.sources}",
                        f"claim rules {sheet.versions.claim_rules}",
                        f"reader {sheet.versions.reader}",
                    )
                ),
            }
        )
    )


def _nowhere(_reference: str) -> str:
    return ""


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(WEB / "templates")])


@cache
def _styles() -> str:
    text = "\n".join((WEB / "static" / "css" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
    if "</" in text:
        raise ValueError(f"a style sheet holds markup: {escape(text[:40])}")
    return text
