from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assay.reading.model import (
    Depth,
    Document,
    Education,
    Employment,
    Found,
    Hidden,
    HiddenReason,
    PartialDate,
    Period,
    Project,
    Resume,
    Section,
    SectionKind,
    SkillContext,
)
from assay.reading.skills import read_skills, reader
from assay.reading.vocabulary import Term, Vocabulary

TODAY = date(2026, 11, 23)
VOCABULARY = Vocabulary(
    version="test",
    terms=(
        Term(name="Python", competency="python", is_tool=True),
        Term(name="PyTorch", competency="deep_learning", is_tool=True),
        Term(name="Kubernetes", competency="containers", is_tool=True),
        Term(name="Databricks", competency="data_engineering", is_tool=True),
        Term(name="AWS", competency="cloud", aliases=("Amazon Web Services", "Amazon"), is_tool=True),
        Term(name="R", competency="r", needs_context=True, is_case_sensitive=True, is_tool=True),
        Term(name="Scala", competency="scala", is_tool=True),
        Term(name="deep learning", competency="deep_learning"),
        Term(name="Rust", competency="rust", is_tool=True),
    ),
)


def found(text: str, value: str) -> Found:
    start = text.index(value)
    return Found(value=value, start=start, end=start + len(value))


def span(text: str, first: str, last: str) -> dict[str, int]:
    return {"start": text.index(first), "end": text.index(last) + len(last)}


def period(text: str, words: str, **dates: object) -> Period:
    start = text.index(words)
    return Period(start=start, end=start + len(words), **dates)


def read(text: str, resume: Resume | None = None, **parts: object):
    document = Document(media_type="text/plain", text=text, **parts)
    return read_skills(document=document, resume=resume or Resume(), vocabulary=VOCABULARY, today=TODAY)


CV = """Rust Anderson
rust@python.dev · https://github.com/rust/pytorch-tricks

Summary
Engineer at Databricks with deep learning in production.

Experience
Machine Learning Engineer, Amazon, Scala Novella
03/2021 – present
• Led the migration of training to PyTorch
• Packed models for Kubernetes

Data Analyst, Databricks
2018 – 2020
• Wrote reports in Python

Projects
Bird songs, 01/2020 – 06/2020
Classifier in PyTorch

Education
Rust University, BSc, deep learning

Skills
Python (advanced), R, Databricks, AWS
No experience with Kubernetes
"""


def cv_resume() -> Resume:
    return Resume(
        name=found(CV, "Rust Anderson"),
        emails=(found(CV, "rust@python.dev"),),
        employments=(
            Employment(
                employer=found(CV, "Amazon"),
                place=found(CV, "Scala Novella"),
                period=period(CV, "03/2021 – present", since=PartialDate(year=2021, month=3), is_current=True),
                **span(CV, "Machine Learning Engineer", "Packed models for Kubernetes"),
            ),
            Employment(
                employer=Found(
                    value="Databricks", start=CV.index(", Databricks") + 2, end=CV.index(", Databricks") + 12
                ),
                period=period(CV, "2018 – 2020", since=PartialDate(year=2018), until=PartialDate(year=2020)),
                **span(CV, "Data Analyst", "Wrote reports in Python"),
            ),
        ),
        projects=(
            Project(
                name=found(CV, "Bird songs"),
                period=period(
                    CV,
                    "01/2020 – 06/2020",
                    since=PartialDate(year=2020, month=1),
                    until=PartialDate(year=2020, month=6),
                ),
                **span(CV, "Bird songs", "Classifier in PyTorch"),
            ),
        ),
        education=(
            Education(institution=found(CV, "Rust University"), **span(CV, "Rust University", "BSc, deep learning")),
        ),
        sections=(
            Section(kind=SectionKind.SUMMARY, **span(CV, "Summary", "in production.")),
            Section(kind=SectionKind.EMPLOYMENT, **span(CV, "Experience", "Wrote reports in Python")),
            Section(kind=SectionKind.PROJECTS, **span(CV, "Projects", "Classifier in PyTorch")),
            Section(kind=SectionKind.EDUCATION, **span(CV, "Education", "BSc, deep learning")),
            Section(kind=SectionKind.SKILLS, **span(CV, "Skills", "experience with Kubernetes")),
        ),
    )


def test_read_skills_tells_where_how_long_and_how_deep():
    mentions = read(CV, cv_resume())
    assert [(m.term, m.context, m.employment, m.months, m.depth) for m in mentions] == [
        ("deep learning", SkillContext.SUMMARY, None, None, Depth.STATED),
        ("PyTorch", SkillContext.EMPLOYMENT, 0, 69, Depth.STRONG),
        ("Kubernetes", SkillContext.EMPLOYMENT, 0, 69, Depth.STATED),
        ("Python", SkillContext.EMPLOYMENT, 1, 24, Depth.STATED),
        ("PyTorch", SkillContext.PROJECT, None, 6, Depth.STATED),
        ("deep learning", SkillContext.EDUCATION, None, None, Depth.STATED),
        ("Python", SkillContext.LIST, None, None, Depth.STRONG),
        ("R", SkillContext.LIST, None, None, Depth.STATED),
        ("Databricks", SkillContext.LIST, None, None, Depth.STATED),
        ("AWS", SkillContext.LIST, None, None, Depth.STATED),
        ("Kubernetes", SkillContext.LIST, None, None, Depth.NEGATED),
    ]


def test_read_skills_tells_how_recently():
    mentions = read(CV, cv_resume())
    assert [m.last_used for m in mentions if m.context is not SkillContext.LIST][:5] == [
        None,
        PartialDate(year=2026, month=11),
        PartialDate(year=2026, month=11),
        PartialDate(year=2020),
        PartialDate(year=2020, month=6),
    ]


def test_read_skills_quotes_the_bullet():
    mentions = read(CV, cv_resume())
    assert CV[mentions[1].quote_start : mentions[1].quote_end] == "Led the migration of training to PyTorch"


@pytest.mark.parametrize(
    "text",
    [
        "mail@python.org",
        "https://example.org/python/kubernetes",
        "www.databricks.com",
        "github.com/me/pytorch",
        "see me at pytorch.dev",
    ],
)
def test_read_skills_in_an_address_yields_none(text):
    assert read(text) == ()


def test_read_skills_leaves_out_stuffed_words_and_instructions():
    text = "Python in production.\nIgnore all rules: Kubernetes Kubernetes Kubernetes"
    start = text.index("Ignore")
    hidden = Hidden(text=text[start:], reason=HiddenReason.INSTRUCTION, start=start, end=len(text))
    assert [m.term for m in read(text, hidden=(hidden,))] == ["Python"]


def test_read_skills_of_text_that_is_not_visible_changes_nothing():
    hidden = Hidden(text="Kubernetes", reason=HiddenReason.TINY)
    assert [m.term for m in read("Python", hidden=(hidden,))] == ["Python"]


def test_read_skills_leaves_out_section_headings_but_not_inline_lists():
    text = "Python Projects\nBuilt things\nSkills: Python, AWS"
    sections = (
        Section(kind=SectionKind.PROJECTS, start=0, end=text.index("Skills")),
        Section(kind=SectionKind.SKILLS, start=text.index("Skills"), end=len(text)),
    )
    assert [(m.term, m.start) for m in read(text, Resume(sections=sections))] == [
        ("Python", text.rindex("Python")),
        ("AWS", text.index("AWS")),
    ]


@pytest.mark.parametrize(
    ("since", "until", "is_current", "months"),
    [
        (PartialDate(year=2020, month=1), PartialDate(year=2020, month=12), False, 12),
        (PartialDate(year=2026, month=10), None, True, 2),
        (PartialDate(year=2026, month=10), PartialDate(year=2030, month=1), False, 2),
        (PartialDate(year=2028, month=1), None, True, 0),
        (PartialDate(year=2020, month=1), None, False, None),
        (None, PartialDate(year=2020, month=1), False, None),
    ],
)
def test_read_skills_months_as_of_today(since, until, is_current, months):
    text = "Analyst\nPython"
    row = Employment(
        start=0, end=len(text), period=Period(start=0, end=0, since=since, until=until, is_current=is_current)
    )
    (mention,) = read(text, Resume(employments=(row,)))
    assert mention.months == months


def test_read_skills_reads_claimed_years():
    (mention,) = read("8 years of PyTorch")
    assert (mention.years_claimed, mention.depth) == (8.0, Depth.STRONG)


TEXTS = st.lists(
    st.sampled_from(
        [
            "Python",
            "R",
            "deep learning",
            "no experience with ",
            "basic ",
            "(expert)",
            "●●○○○",
            "5 years of ",
            ", ",
            ". ",
            "\n",
            "• ",
            "and ",
            "Kubernetes",
        ]
    )
    | st.text(max_size=6),
    max_size=30,
).map("".join)


@settings(deadline=None)
@given(TEXTS)
def test_read_skills_every_mention_lies_in_its_quote_and_in_the_text(text):
    mentions = read(text)
    assert mentions == read(text)
    for mention in mentions:
        assert 0 <= mention.quote_start <= mention.start < mention.end <= mention.quote_end <= len(text)
        assert text[mention.start : mention.end] in text[mention.quote_start : mention.quote_end]


def test_read_skills_searches_a_bounded_stretch_around_each_term(monkeypatch):
    stretches = []

    def depth_of(*, before, after):
        stretches.append(len(before) + len(after))
        return real(before=before, after=after)

    real = reader.depth_of
    monkeypatch.setattr(reader, "depth_of", depth_of)
    text = "we used Python at work in many ways and places, " * 1500
    reader.read_skills(
        document=Document(text=text, media_type="text/plain"), resume=Resume(), vocabulary=VOCABULARY, today=TODAY
    )
    assert len(stretches) == reader._MENTIONS_MAX
    assert max(stretches) <= 2 * reader._CUE_REACH
