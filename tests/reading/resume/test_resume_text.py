"""Résumés without a layout: plain text, and documents whose format names the headings."""

import pytest

from assay.reading.model import Document, Line, Link, PartialDate, SectionKind
from assay.reading.resume import read_resume


def plain(text, *, headings=(), links=()):
    lines, at = [], 0
    for raw in text.split("\n"):
        if raw.strip():
            lines.append(Line(start=at, end=at + len(raw), is_heading=raw in headings))
        at += len(raw) + 1
    return Document(media_type="text/plain", text=text, lines=tuple(lines), links=links)


def values(items):
    return [item.value if item is not None else None for item in items]


TEXT = """Siobhán O'Brien-Núñez
Senior Data Engineer
Dublin, Ireland | siobhan@obrien.example.ie | +353 1 660 5555 | github.com/siobhan

Summary
Builds pipelines that last.

Work Experience

Lumora Ltd, Dublin
Senior Data Engineer
03/2021 – present
- Moved 40 pipelines to Spark
- Mentored 3 engineers

Data Engineer at Kestrel & Sons (Jan 2018 - Feb 2021)
- Wrote the loaders

Education

BSc in Computer Science, Trinity College Dublin\t2013 – 2017

Languages
English (native), Irish - C1
"""


def test_read_resume_plain_text_yields_everything():
    resume = read_resume(document=plain(TEXT))
    assert resume.name.value == "Siobhán O'Brien-Núñez"
    assert resume.headline.value == "Senior Data Engineer"
    assert values(resume.emails) == ["siobhan@obrien.example.ie"]
    assert values(resume.phones) == ["+35316605555"]
    assert values(resume.places) == ["Dublin, Ireland"]
    assert [(e.employer.value, e.title.value) for e in resume.employments] == [
        ("Lumora Ltd", "Senior Data Engineer"),
        ("Kestrel & Sons", "Data Engineer"),
    ]
    assert resume.employments[0].period.since == PartialDate(year=2021, month=3)
    assert resume.employments[0].period.is_current is True
    (study,) = resume.education
    assert (study.institution.value, study.degree.value, study.area.value) == (
        "Trinity College Dublin",
        "BSc",
        "Computer Science",
    )
    assert values(resume.languages) == ["English", "Irish"]
    assert [s.kind for s in resume.sections] == [
        SectionKind.CONTACT,
        SectionKind.SUMMARY,
        SectionKind.EMPLOYMENT,
        SectionKind.EDUCATION,
        SectionKind.LANGUAGES,
    ]


def test_read_resume_table_rows_with_tabs_yield_entries():
    text = (
        "Jana Krämer\njana@kraemer.example\n\nBerufserfahrung\n"
        "07/2019 – heute\tDatenwissenschaftlerin\tNordlicht AG, Berlin\n"
        "10/2016 – 06/2019\tSoftwareentwicklerin\tIsarbank, München\n"
        "Ausbildung\n2011 – 2016\tM.Sc. Informatik\tTU Darmstadt\n"
    )
    resume = read_resume(document=plain(text, headings=("Berufserfahrung", "Ausbildung")))
    assert [(e.employer.value, e.title.value, e.place.value) for e in resume.employments] == [
        ("Nordlicht AG", "Datenwissenschaftlerin", "Berlin"),
        ("Isarbank", "Softwareentwicklerin", "München"),
    ]
    assert [(e.institution.value, e.degree.value, e.area.value) for e in resume.education] == [
        ("TU Darmstadt", "M.Sc.", "Informatik")
    ]
    assert resume.language == "de"


def test_read_resume_titles_under_one_employer_take_it_over():
    text = (
        "Ada Byron\nada@byron.example\n\nExperience\n\nStellarware\n\n"
        "Staff Engineer\nMay 2022 - Present\n- Led search\n\n"
        "Senior Engineer\nJan 2019 - May 2022\n- Built search\n\nEducation\nBS, Ashcombe University, 2018\n"
    )
    resume = read_resume(document=plain(text))
    assert [(e.employer.value, e.title.value) for e in resume.employments] == [
        ("Stellarware", "Staff Engineer"),
        ("Stellarware", "Senior Engineer"),
    ]


def test_read_resume_single_date_of_study_is_its_end():
    resume = read_resume(document=plain("Ada Byron\n\nEducation\nBS in Physics, Ashcombe University, May 2018\n"))
    period = resume.education[0].period
    assert (period.since, period.until) == (None, PartialDate(year=2018, month=5))


def test_read_resume_mail_only_in_a_link_is_found():
    document = plain(
        "Ada Byron\nwrite me\n", links=(Link(uri="mailto:ada%40byron.example?subject=x", start=10, end=18),)
    )
    (mail,) = read_resume(document=document).emails
    assert (mail.value, document.text[mail.start : mail.end]) == ("ada@byron.example", "write me")


@pytest.mark.parametrize(
    ("line", "number"),
    [
        ("Tel.: +49 (0)171 5550142", "+491715550142"),
        ("(415) 555-0142", "+14155550142"),
        ("0033 6 12 34 56 78", "+33612345678"),
        ("+44 20 7946 0018", "+442079460018"),
    ],
)
def test_read_resume_phone_is_normalised(line, number):
    assert values(read_resume(document=plain(f"Ada Byron\n{line}\n")).phones) == [number]


@pytest.mark.parametrize(
    "line", ["2014 - 2018", "12.03.1990", "ISBN 978-3-16-148410-0 is a book", "10115 Berlin", "2019/2020"]
)
def test_read_resume_other_numbers_are_no_phones(line):
    text = f"Ada Byron\nada@byron.example\n\nPublications\n{line}\n"
    assert read_resume(document=plain(text)).phones == ()


@pytest.mark.parametrize(
    ("first", "name"),
    [
        ("ADA KING-NOEL", "Ada King-Noel"),
        ("ANA DA SILVA", "Ana da Silva"),
        ("Nguyễn Thị Hoa", "Nguyễn Thị Hoa"),
        ("Curriculum Vitae\nJean-Luc O’Hara", "Jean-Luc O'Hara"),
        ("Name: Björn Åkesson", "Björn Åkesson"),
        ("Zoë van der Meer (she/her)", "Zoë van der Meer"),
        ("Samuel K. Mwangi | Data Scientist", "Samuel K. Mwangi"),
        ("王小明", "王小明"),
    ],
)
def test_read_resume_name_in_many_forms(first, name):
    text = f"{first}\nBerlin, Germany\nmail@example.org\n\nExperience\nEngineer at Lumora (2019 - 2021)\n"
    assert read_resume(document=plain(text)).name.value == name


def test_read_resume_empty_document_is_empty():
    resume = read_resume(document=plain(""))
    assert (resume.name, resume.employments, resume.sections) == (None, (), ())


def test_read_resume_very_long_run_of_dashes_yields_no_contacts():
    # Unbounded local parts of addresses made this take minutes: each start was tried against the whole rest.
    resume = read_resume(document=plain("2019-" * 20_000))
    assert (resume.emails, resume.phones) == ((), ())
