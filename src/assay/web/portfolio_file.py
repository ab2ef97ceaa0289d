"""A review of a repository as one HTML file: no server, no script, no outside address; it prints well."""

from collections.abc import Mapping, Sequence
from functools import cache
from html import escape
from pathlib import Path
from typing import Any

from django.template import Context, Engine
from django.utils.safestring import SafeString, mark_safe

from assay.repositories import words
from assay.repositories.model import Depth, GrowthPoint, Place, Question, Report

WEB = Path(__file__).resolve().parent
STYLES = ("tokens", "base", "components", "portfolio")
_WIDTH, _HEIGHT, _FOOT = 560, 120, 18


def portfolio_html(*, report: Report, names: Mapping[str, str], made_on: str) -> str:
    """Yield the file's text.

    Parameters
    ----------
    names
        Names of competencies by id.
    made_on
        The day on which the review was made, as words.
    """
    template = _engine().get_template("portfolio/file.html")
    styles = mark_safe(_styles())  # noqa: S308 -- our own files
    context = report_context(report=report, names=names)
    return template.render(Context({**context, "styles": styles, "made_on": made_on}))


def report_context(*, report: Report, names: Mapping[str, str]) -> dict[str, Any]:
    """Yield what ``portfolio/_report.html`` shows of a report."""
    return {**_head(report), **_findings(report, names)}


def _head(report: Report) -> dict[str, Any]:
    authorship = report.authorship
    is_nobody = report.source.has_history and not authorship.own_commits
    return {
        "name": words.clean(report.source.name),
        "part": words.part_words(report),
        "when": words.when_words(authorship),
        "labels": words.label_words(authorship),
        "languages": [f"{one.language} {one.lines:,}" for one in authorship.languages],
        "notes": report.source.notes,
        "people": [words.person_words(person) for person in authorship.people[:20]] if is_nobody else [],
        "lookalikes": [words.clean(address) for address in authorship.lookalikes],
        "weak": words.WEAK,
        "version": report.version,
    }


def _findings(report: Report, names: Mapping[str, str]) -> dict[str, Any]:
    used = [tool for tool in report.tools if tool.depth is not Depth.IMPORTED]
    return {
        "questions": [_question(question) for question in report.questions],
        "tools": [
            {"name": tool.tool, "says": words.tool_words(tool), "names": words.clean(", ".join(tool.names)),
             "places": _places(tool.places)} for tool in used
        ],
        "imported": [tool.tool for tool in report.tools if tool.depth is Depth.IMPORTED],
        "complexity": words.complexity_words(report.complexity) if report.complexity else "",
        "growth": _growth(report.growth),
        "practices": [
            {"label": one.label, "says": words.count_words(one.count, "place"), "places": _places(one.places)}
            for one in report.practices
        ],
        "leaks": [
            {"kind": one.kind.value.capitalize(), "why": one.why, "harm": one.harm,
             "places": _places((one.place, *one.steps))} for one in report.leaks
        ],
        "copies": [{"says": words.copy_words(one), "places": _places(one.places)} for one in report.copies],
        "flags": [
            {"what": words.clean(one.what), "question": one.question, "base_rate": one.base_rate}
            for one in report.flags
        ],
        "observations": [
            {"name": names.get(one.competency, one.competency), "basis": words.clean(one.basis)}
            for one in report.observations
        ],
    }  # fmt: skip


def _places(places: Sequence[Place]) -> list[dict[str, Any]]:
    return [{"path": words.clean(one.path), "line": str(one.line), "text": words.clean(one.text)} for one in places]


def _question(question: Question) -> dict[str, Any]:
    lines = [{"text": words.clean(line), "kind": _kind(line)} for line in question.diff.split("\n")]
    return {
        "text": words.clean(question.text), "commit": question.commit[:8], "on": question.on.isoformat(),
        "listen_for": question.listen_for, "lines": lines, "is_cut": question.is_diff_cut,
    }  # fmt: skip


def _kind(line: str) -> str:
    if line.startswith(("diff ", "index ", "+++", "---", "@@", "new file", "similarity", "rename")):
        return "head"
    return {"+": "added", "-": "removed"}.get(line[:1], "same")


def _growth(points: Sequence[GrowthPoint]) -> dict[str, Any] | None:
    """Yield lines of code over time as a picture; None where there is no time to show."""
    if len(points) < 2 or points[0].on == points[-1].on:
        return None
    first, last = points[0].on, points[-1].on
    days, most = (last - first).days, max(point.lines for point in points) or 1
    path = " ".join(
        f"{_WIDTH * (point.on - first).days / days:.1f},{_HEIGHT - (_HEIGHT - 8) * point.lines / most:.1f}"
        for point in points
    )
    caption = (
        f"Lines of code in the whole project, {points[0].lines:,} to {points[-1].lines:,}; decisions in a hundred "
        f"lines {points[0].branches_per_100:.0f} to {points[-1].branches_per_100:.0f}."
    )
    return {"svg": _svg(path, first.isoformat(), last.isoformat(), caption), "caption": caption}


def _svg(path: str, first: str, last: str, caption: str) -> SafeString:
    text = (
        f'<svg viewBox="0 0 {_WIDTH} {_HEIGHT + _FOOT}" role="img" aria-label="{escape(caption)}">'
        f'<polygon class="area" points="0,{_HEIGHT} {path} {_WIDTH},{_HEIGHT}"/>'
        f'<polyline class="edge" points="{path}"/>'
        f'<text x="0" y="{_HEIGHT + 14}">{first}</text>'
        f'<text x="{_WIDTH}" y="{_HEIGHT + 14}" text-anchor="end">{last}</text></svg>'
    )
    return mark_safe(text)  # noqa: S308 -- numbers and dates of our own


@cache
def _engine() -> Engine:
    return Engine(dirs=[str(WEB / "templates")])


@cache
def _styles() -> str:
    text = "\n".join((WEB / "static" / "css" / f"{name}.css").read_text(encoding="utf-8") for name in STYLES)
    if "</" in text:
        raise ValueError(f"a style sheet holds markup: {text[:40]}")
    return text
