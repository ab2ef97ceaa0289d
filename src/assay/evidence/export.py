"""A person as others can read them: JSON Resume and a row of a table. Pure; from the corrected profile."""

import csv
import io
from typing import Any

from assay.evidence.profile import NOW, Entry, Profile
from assay.reading.formats.people_csv import defused

COLUMNS = ("Name", "Headline", "E-mail", "Phone", "Links", "Place", "Title", "Employer", "Skills")


def json_resume(profile: Profile) -> dict[str, Any]:
    """Yield the profile in the JSON Resume schema, version 1.0.0; what is not known is left out."""
    emails, phones, places = (_values(profile, name) for name in ("emails", "phones", "places"))
    basics = {
        "name": _single(profile, "name"),
        "label": _single(profile, "headline"),
        "email": emails[0] if emails else "",
        "phone": phones[0] if phones else "",
        "location": {"address": places[0]} if places else {},
        "profiles": [{"url": link} for link in _values(profile, "links")],
    }
    resume = {
        "basics": _kept(basics),
        "work": [_work(entry) for entry in profile.entries.get("employments", ())],
        "education": [_education(entry) for entry in profile.entries.get("education", ())],
        "projects": [
            _kept({"name": _of(entry, "name"), **_dates(entry)}) for entry in profile.entries.get("projects", ())
        ],
        "skills": [{"name": skill} for skill in _values(profile, "skills")],
        "certificates": [{"name": name} for name in _values(profile, "certificates")],
        "publications": [{"name": name} for name in _values(profile, "publications")],
        "languages": [{"language": name} for name in _values(profile, "languages")],
    }
    return _kept(resume)


def csv_of(profile: Profile) -> str:
    """Yield a heading and one row; no cell can be taken for a formula."""
    work = profile.entries.get("employments", ())
    row = (
        _single(profile, "name"),
        _single(profile, "headline"),
        *("; ".join(_values(profile, name)) for name in ("emails", "phones", "links", "places")),
        _of(work[0], "title") if work else "",
        _of(work[0], "employer") if work else "",
        "; ".join(_values(profile, "skills")),
    )
    stream = io.StringIO()
    writer = csv.writer(stream)
    writer.writerow(COLUMNS)
    writer.writerow([defused(cell=cell) for cell in row])
    return stream.getvalue()


def _work(entry: Entry) -> dict[str, Any]:
    names = {"name": _of(entry, "employer"), "position": _of(entry, "title"), "location": _of(entry, "place")}
    return _kept({**names, **_dates(entry)})


def _education(entry: Entry) -> dict[str, Any]:
    names = {"institution": _of(entry, "institution"), "area": _of(entry, "area"), "studyType": _of(entry, "degree")}
    return _kept({**names, **_dates(entry)})


def _dates(entry: Entry) -> dict[str, str]:
    until = _of(entry, "until")
    return {"startDate": _of(entry, "since"), "endDate": "" if until == NOW else until}


def _of(entry: Entry, name: str) -> str:
    return entry.fields[name].value if name in entry.fields else ""


def _single(profile: Profile, name: str) -> str:
    return profile.singles[name].value if name in profile.singles else ""


def _values(profile: Profile, name: str) -> list[str]:
    return [field.value for field in profile.lists.get(name, ())]


def _kept(values: dict[str, Any]) -> dict[str, Any]:
    return {key: value for key, value in values.items() if value}
