"""A résumé as JSON Resume 1.0.0, with the span of each field under ``x-spans``."""

from collections.abc import Mapping, Sequence
from typing import Any

from assay.reading.model import (
    Document,
    Education,
    Employment,
    Found,
    PartialDate,
    Period,
    Project,
    Resume,
    SkillGroup,
)

SCHEMA = "https://raw.githubusercontent.com/jsonresume/resume-schema/v1.0.0/schema.json"
_NETWORKS = {
    "linkedin.com": "LinkedIn",
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "xing.com": "XING",
    "twitter.com": "Twitter",
    "x.com": "X",
    "kaggle.com": "Kaggle",
    "huggingface.co": "Hugging Face",
    "scholar.google": "Google Scholar",
    "orcid.org": "ORCID",
    "stackoverflow.com": "Stack Overflow",
    "medium.com": "Medium",
}


class _Spans:
    """Collects the span of each field by its JSON pointer."""

    def __init__(self) -> None:
        self.found: dict[str, list[int]] = {}

    def value(self, pointer: str, found: Found | None) -> str | None:
        """Note a field's span and return its value."""
        if found is None:
            return None
        self.found[pointer] = [found.start, found.end]
        return found.value

    def note(self, pointer: str, start: int, end: int) -> None:
        """Note the span of something that is no single value, such as an entry."""
        self.found[pointer] = [start, end]


def to_json_resume(*, resume: Resume, document: Document) -> dict[str, Any]:
    """Return the résumé in JSON Resume form.

    ``x-spans`` maps JSON pointers ("/work/0/name") to ``[start, end)`` character offsets into ``Document.text``;
    the text itself is not repeated. Dates are ``YYYY`` or ``YYYY-MM``; no ``endDate`` means current or not stated.
    """
    spans = _Spans()
    data: dict[str, Any] = {"$schema": SCHEMA, "basics": _basics(resume, spans)}
    lists: Mapping[str, list[dict[str, Any]]] = {
        "work": [_work(row, f"/work/{i}", spans, document) for i, row in enumerate(resume.employments)],
        "education": [_study(row, f"/education/{i}", spans) for i, row in enumerate(resume.education)],
        "projects": [_project(row, f"/projects/{i}", spans) for i, row in enumerate(resume.projects)],
        "skills": _skills(resume.skills, spans),
        "certificates": _named("certificates", "name", resume.certificates, spans),
        "publications": _named("publications", "name", resume.publications, spans),
        "languages": _named("languages", "language", resume.languages, spans),
    }
    data |= {key: rows for key, rows in lists.items() if rows}
    data["meta"] = {"version": "v1.0.0", "language": resume.language}
    data["x-spans"] = spans.found
    return data


def _kept(values: Mapping[str, Any]) -> dict[str, Any]:
    """Return the entries that hold something: JSON Resume knows absence, not null."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}


def _basics(resume: Resume, spans: _Spans) -> dict[str, Any]:
    profiles, url = _profiles(resume.links, spans)
    return _kept(
        {
            "name": spans.value("/basics/name", resume.name),
            "label": spans.value("/basics/label", resume.headline),
            "email": spans.value("/basics/email", resume.emails[0] if resume.emails else None),
            "phone": spans.value("/basics/phone", resume.phones[0] if resume.phones else None),
            "url": url,
            "location": _kept({"address": spans.value("/basics/location/address", next(iter(resume.places), None))}),
            "profiles": profiles,
        }
    )


def _profiles(links: Sequence[Found], spans: _Spans) -> tuple[list[dict[str, Any]], str | None]:
    profiles: list[dict[str, Any]] = []
    own: str | None = None
    for link in links:
        host = link.value.split("//", 1)[-1].split("/", 1)[0].removeprefix("www.").lower()
        network = next((name for domain, name in _NETWORKS.items() if host.endswith(domain) or domain in host), None)
        if network is None and own is None:
            own = spans.value("/basics/url", link)
            continue
        pointer = f"/basics/profiles/{len(profiles)}/url"
        path = link.value.split("//", 1)[-1].rstrip("/").split("/")[1:]
        handle = path[-1] if network and path else None
        profiles.append(_kept({"network": network or host, "username": handle, "url": spans.value(pointer, link)}))
    return profiles, own


def _work(row: Employment, pointer: str, spans: _Spans, document: Document) -> dict[str, Any]:
    spans.note(pointer, row.start, row.end)
    return _kept(
        {
            "name": spans.value(f"{pointer}/name", row.employer),
            "position": spans.value(f"{pointer}/position", row.title),
            "location": spans.value(f"{pointer}/location", row.place),
            **_dates(row.period, pointer, spans),
            "summary": _description(row, document),
        }
    )


def _description(row: Employment, document: Document) -> str:
    """Return what stands in the entry below its last field."""
    fields = [item.end for item in (row.employer, row.title, row.place, row.period) if item is not None]
    inside = [end for end in fields if row.start <= end <= row.end]
    begin = document.text.find("\n", max(inside, default=row.start), row.end)
    return document.text[begin + 1 : row.end].strip() if begin >= 0 else ""


def _study(row: Education, pointer: str, spans: _Spans) -> dict[str, Any]:
    spans.note(pointer, row.start, row.end)
    return _kept(
        {
            "institution": spans.value(f"{pointer}/institution", row.institution),
            "area": spans.value(f"{pointer}/area", row.area),
            "studyType": spans.value(f"{pointer}/studyType", row.degree),
            **_dates(row.period, pointer, spans),
        }
    )


def _project(row: Project, pointer: str, spans: _Spans) -> dict[str, Any]:
    spans.note(pointer, row.start, row.end)
    return _kept({"name": spans.value(f"{pointer}/name", row.name), **_dates(row.period, pointer, spans)})


def _skills(groups: Sequence[SkillGroup], spans: _Spans) -> list[dict[str, Any]]:
    """Return a labelled group with its keywords, and each skill under no label as an entry of its own."""
    rows: list[dict[str, Any]] = []
    for group in groups:
        pointer = f"/skills/{len(rows)}"
        if group.name is not None:
            words = [spans.value(f"{pointer}/keywords/{i}", word) for i, word in enumerate(group.keywords)]
            rows.append({"name": spans.value(f"{pointer}/name", group.name), "keywords": words})
            continue
        for word in group.keywords:
            rows.append({"name": spans.value(f"/skills/{len(rows)}/name", word)})
    return rows


def _named(section: str, key: str, items: Sequence[Found], spans: _Spans) -> list[dict[str, Any]]:
    return [{key: spans.value(f"/{section}/{i}/{key}", item)} for i, item in enumerate(items)]


def _dates(period: Period | None, pointer: str, spans: _Spans) -> dict[str, Any]:
    if period is None:
        return {}
    spans.note(f"{pointer}/startDate", period.start, period.end)
    return {"startDate": _iso(period.since), "endDate": _iso(period.until)}


def _iso(date: PartialDate | None) -> str | None:
    if date is None:
        return None
    return f"{date.year:04d}-{date.month:02d}" if date.month else f"{date.year:04d}"
