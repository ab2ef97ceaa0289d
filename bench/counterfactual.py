"""Swap who people are in real documents; orders and numbers must not move.

python -m bench.counterfactual --data FOLDER [--role ml_engineer]

Every readable file of the folder is read, its text is written anew in three formats, once as it is and once for each
swap: another name, pronouns, school, graduation years, address, and a gap in the career.
"""

import argparse
import re
import tempfile
from html import escape
from pathlib import Path

from assay.cli.knowledge import knowledge
from assay.cli.pile import Setting, files_in, read_pile
from assay.core.clock import today
from assay.matching.assemble import rank_dossiers
from assay.matching.role import role_model
from assay.reading.errors import UnreadableError
from assay.reading.limits import read_application_file
from assay.roles.templates import template_of

NAMES = ("Lakisha Washington", "Mehmet Yildiz", "Greg Baker", "Nguyen Thi Lan")
SCHOOLS = ("Harvard University", "Fachhochschule Kiel", "University of Lagos")
PRONOUNS = {"he": "she", "him": "her", "his": "her", "she": "he", "her": "his"}


def replaced(text, spans, value):
    """Yield the text with each span replaced by the value, from the end, so that earlier spans stay right."""
    for start, end in sorted(set(spans), reverse=True):
        text = text[:start] + value + text[end:]
    return text


def spans(fields):
    return [(one.start, one.end) for one in fields if one is not None]


def swaps(number, text, resume):
    """Yield each swap's name and the text that it makes."""
    yield "name", replaced(text, spans([resume.name]), NAMES[number % len(NAMES)])
    yield (
        "pronouns",
        re.sub(r"\b(?:he|him|his|she|her)\b", lambda match: PRONOUNS[match.group().lower()], text, flags=re.IGNORECASE),
    )
    schools = spans([one.institution for one in resume.education])
    yield "school", replaced(text, schools, SCHOOLS[number % len(SCHOOLS)])
    yield "graduation years", _shifted(text, [one.period for one in resume.education], by=-15)
    yield "address", replaced(text, spans(resume.places), "Marzahn, 12679 Berlin")
    yield "gap", _shifted(text, [one.period for one in resume.employments[1:]], by=-2)


def _shifted(text, periods, *, by):
    for period in sorted((one for one in periods if one is not None), key=lambda one: -one.start):
        words = re.sub(
            r"\b(?:19|20)\d\d\b", lambda match: str(int(match.group()) + by), text[period.start : period.end]
        )
        text = text[: period.start] + words + text[period.end :]
    return text


def write(path, text):
    if path.suffix == ".html":
        lines = "".join(f"<p>{escape(line)}</p>\n" for line in text.splitlines())
        path.write_text(f"<html><body>{lines}</body></html>", encoding="utf-8")
    else:
        path.write_text(text, encoding="utf-8")


def ranking(folder, *, role, setting):
    pile = read_pile(folder=folder, files=files_in(folder=folder), setting=setting, advance=lambda _name: None)
    ranked = rank_dossiers(dossiers=pile.dossiers, role=role)
    return [
        (dossier.person, round(standing.fit.mean, 9), [one.state.value for one in standing.must_haves])
        for dossier, standing in zip(ranked.dossiers, ranked.standings, strict=True)
    ]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--role", default="ml_engineer")
    given = parser.parse_args()
    if not given.data.is_dir():
        print(f"skipped: there is no folder {given.data}")
        return
    known = knowledge()
    role = role_model(
        profile=template_of(given.role).profile(),
        competencies=known.competencies,
        parameters=known.parameters,
        rules=known.rules,
    )
    setting = Setting(known=known, today=today(), is_blind=False)
    readings = []
    for path in files_in(folder=given.data):
        try:
            readings.append(read_application_file(data=path.read_bytes(), file_name=path.name))
        except UnreadableError:
            continue
    print(f"{len(readings)} readable documents of {given.data}")
    for suffix in (".txt", ".md", ".html"):
        tables = {}
        with tempfile.TemporaryDirectory() as temporary:
            for number, reading in enumerate(readings):
                text = reading.document.text
                for name, changed in (("as it is", text), *swaps(number, text, reading.resume)):
                    folder = Path(temporary, name)
                    folder.mkdir(exist_ok=True)
                    write(folder / f"{number:03d}{suffix}", changed)
            for folder in sorted(Path(temporary).iterdir()):
                tables[folder.name] = ranking(folder, role=role, setting=setting)
        base = tables.pop("as it is")
        for name, table in tables.items():
            moved = sum(one != other for one, other in zip(base, table, strict=True))
            changed = sum(one not in base for one in table)
            print(f"{suffix} {name}: {moved} of {len(base)} places moved, {changed} people with other numbers")


if __name__ == "__main__":
    main()
