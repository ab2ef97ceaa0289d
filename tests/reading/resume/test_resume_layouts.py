"""Invented people in every made-up layout: what is on the page is found, and each field has its words."""

from functools import cache

import pytest
import typst

from assay.reading.pdf import read_pdf
from assay.reading.resume import read_resume, to_json_resume
from bench.made_resumes.people import invent
from bench.made_resumes.scoring import LISTS, Tally, fields_of
from bench.made_resumes.typst_layouts import LAYOUTS
from bench.made_resumes.typst_variants import VARIANTS

ALL = LAYOUTS | VARIANTS
LANGUAGES = ("en", "de", "fr", "es")


@cache
def made(layout, seed):
    person = invent(seed=seed, language=LANGUAGES[seed % 4])
    source = ALL[layout](person)
    document = read_pdf(data=typst.compile(source.encode()))
    return person, document, read_resume(document=document)


def found_in(resume):
    rows = [*resume.employments, *resume.education]
    fields = [
        getattr(row, name, None)
        for row in rows
        for name in ("employer", "title", "place", "institution", "degree", "area")
    ]
    single = [resume.name, resume.headline, *resume.emails, *resume.phones, *resume.places, *resume.languages]
    lists = [*resume.certificates, *resume.publications, *(project.name for project in resume.projects)]
    return [item for item in [*fields, *single, *lists] if item is not None]


def letters(text):
    return "".join(char for char in text.casefold() if char.isalnum())


@pytest.mark.parametrize("layout", ALL)
def test_read_resume_contacts_are_exact_in_every_layout(layout):
    person, _, resume = made(layout, seed := 700 + len(layout))
    assert seed == 700 + len(layout)
    assert (resume.name.value, resume.emails[0].value) == (person.name, person.email)
    assert "".join(filter(str.isdigit, resume.phones[0].value))[-7:] == "".join(filter(str.isdigit, person.phone))[-7:]


@pytest.mark.parametrize("layout", ALL)
def test_read_resume_every_field_has_its_words_in_the_text(layout):
    _, document, resume = made(layout, 700 + len(layout))
    for item in found_in(resume):
        words = document.text[item.start : item.end]
        assert words.strip() == words != ""
        # Phones and names may be normalised; what remains of the words is the same.
        assert letters(words)[-7:] == letters(item.value)[-7:]


@pytest.mark.parametrize("layout", ALL)
def test_read_resume_entries_lie_in_order_inside_their_sections(layout):
    _, document, resume = made(layout, 700 + len(layout))
    for rows in (resume.employments, resume.education):
        for row in rows:
            assert 0 <= row.start < row.end <= len(document.text)
            if row.period is not None:
                assert row.start <= row.period.start < row.period.end <= row.end
        assert [row.start for row in rows] == sorted(row.start for row in rows)
    assert [s.start for s in resume.sections] == sorted(s.start for s in resume.sections)


def test_read_resume_lists_reach_95_percent_over_all_layouts():
    tally = Tally()
    for number, layout in enumerate(ALL):
        person, _, resume = made(layout, 1200 + number)
        tally.add(label=layout, truth=person.truth(), read=fields_of(resume=resume))
    assert {key: tally.f1(key) >= 95 for key in LISTS} == dict.fromkeys(LISTS, True), tally.misses


@pytest.mark.parametrize("layout", ["side_facts", "sidebar_left", "network_export"])
def test_to_json_resume_every_span_points_at_the_value(layout):
    _, document, resume = made(layout, 700 + len(layout))
    data = to_json_resume(resume=resume, document=document)
    spans = data["x-spans"]
    assert spans
    for pointer, (start, end) in spans.items():
        value = data
        for key in pointer.strip("/").split("/"):
            value = value[int(key)] if isinstance(value, list) else value.get(key)
            if value is None:
                break
        if isinstance(value, str) and not pointer.endswith(("Date", "phone")):
            assert letters(document.text[start:end]) == letters(value)
