import pytest

from assay.evidence.profile import Anchor, Fix, as_read, merge, struck_skills
from assay.reading.model import (
    Depth,
    Employment,
    Found,
    PartialDate,
    Period,
    Resume,
    SkillMention,
)

TEXT = "Amara Okafor\nML engineer, Kornfeld, 2021-03 to now\nData scientist, Tallyr, 2018 to 2021\nPython, PyTorch"


def found(value, *, text=TEXT, written=None):
    start = text.index(written or value)
    return Found(value=value, start=start, end=start + len(written or value))


def row(line, *, title, employer, period, text=TEXT):
    start = text.index(line)
    return Employment(
        title=found(title, text=text),
        employer=found(employer, text=text),
        period=period,
        start=start,
        end=start + len(line),
    )


FIRST = row(
    "ML engineer, Kornfeld, 2021-03 to now",
    title="ML engineer",
    employer="Kornfeld",
    period=Period(start=33, end=47, since=PartialDate(year=2021, month=3), is_current=True),
)
SECOND = row(
    "Data scientist, Tallyr, 2018 to 2021",
    title="Data scientist",
    employer="Tallyr",
    period=Period(start=75, end=87, since=PartialDate(year=2018), until=PartialDate(year=2021)),
)
RESUME = Resume(name=found("Amara Okafor"), employments=(FIRST, SECOND))
SKILLS = [
    SkillMention(competency="programming", term=term, start=TEXT.index(term), end=TEXT.index(term) + len(term),
                 quote_start=0, quote_end=5, depth=depth)
    for term, depth in (("Python", Depth.STATED), ("PyTorch", Depth.NEGATED))
]  # fmt: skip


def profile(resume, *fixes, text=TEXT):
    return merge(document="d", text=text, resume=resume, skills=SKILLS, fixes=fixes)


def anchor(resume, i, name="", text=TEXT):
    entry = as_read(document="d", text=text, resume=resume, skills=[]).entries["employments"][i]
    values = {key: field.value for key, field in entry.fields.items()}
    return Anchor(was=values.get(name, ""), quote=entry.quote, values=values)


def titles(shown):
    return [entry.fields["title"].value for entry in shown.entries["employments"]]


def test_reading_without_corrections_keeps_every_span():
    shown = profile(RESUME)
    assert (shown.singles["name"].value, shown.singles["name"].start, shown.singles["name"].end) == (
        "Amara Okafor",
        0,
        12,
    )
    first = shown.entries["employments"][0].fields
    assert {name: field.value for name, field in first.items()} == {
        "title": "ML engineer",
        "employer": "Kornfeld",
        "since": "2021-03",
        "until": "now",
    }


def test_negated_skill_is_not_shown():
    assert [field.value for field in profile(RESUME).lists["skills"]] == ["Python"]


def test_correction_of_a_name_has_no_span_and_names_its_correction():
    field = profile(RESUME, Fix(7, "name", "Amara Okafor-Bell", Anchor(was="Amara Okafor"))).singles["name"]
    assert (field.value, field.start, field.correction) == ("Amara Okafor-Bell", None, 7)


def test_name_that_should_not_be_there_is_gone():
    assert "name" not in profile(RESUME, Fix(7, "name", None, Anchor(was="Amara Okafor"))).singles


@pytest.mark.parametrize(
    ("value", "expected"), [("a@new.example", ["a@new.example", "b@x.example"]), (None, ["b@x.example"])]
)
def test_correction_of_a_list_value_replaces_or_removes_it(value, expected):
    resume = Resume(emails=(Found(value="a@x.example", start=0, end=3), Found(value="b@x.example", start=4, end=7)))
    shown = profile(resume, Fix(1, "emails", value, Anchor(was="A@x.example")))
    assert [field.value for field in shown.lists["emails"]] == expected


def test_chain_of_corrections_ends_at_the_last():
    resume = Resume(emails=(Found(value="a@x", start=0, end=3),))
    shown = profile(resume, Fix(1, "emails", "b@x", Anchor(was="a@x")), Fix(2, "emails", "c@x", Anchor(was="b@x")))
    assert [(field.value, field.correction) for field in shown.lists["emails"]] == [("c@x", 2)]


def test_corrected_list_value_stands_when_a_newer_reader_misses_the_old_one():
    shown = profile(Resume(), Fix(1, "emails", "b@x", Anchor(was="a@x")))
    assert [field.value for field in shown.lists["emails"]] == ["b@x"]


def test_added_value_that_the_newer_reader_finds_too_stands_once():
    resume = Resume(emails=(Found(value="b@x", start=0, end=3),))
    assert len(profile(resume, Fix(1, "emails", "B@x", Anchor())).lists["emails"]) == 1


def test_correction_follows_its_entry_when_a_newer_reader_finds_one_more():
    fix = Fix(1, "employments.title", "Senior data scientist", anchor(RESUME, 1, "title"))
    text = TEXT.replace("Data scientist,", "Intern, Foo, 2020\nData scientist,")
    extra = row("Intern, Foo, 2020", title="Intern", employer="Foo", period=None, text=text)
    moved = row(
        "Data scientist, Tallyr, 2018 to 2021", title="Data scientist", employer="Tallyr", period=None, text=text
    )
    newer = Resume(employments=(extra, FIRST, moved))
    assert titles(profile(newer, fix, text=text)) == ["Intern", "ML engineer", "Senior data scientist"]


def test_correction_follows_its_entry_when_a_newer_reader_draws_its_borders_otherwise():
    fix = Fix(1, "employments.employer", "Tallyr GmbH", anchor(RESUME, 1, "employer"))
    start = TEXT.index("Data scientist")
    wider = Employment(title=SECOND.title, employer=SECOND.employer, start=start, end=len(TEXT))
    shown = profile(Resume(employments=(FIRST, wider)), fix)
    assert [entry.fields["employer"].value for entry in shown.entries["employments"]] == ["Kornfeld", "Tallyr GmbH"]


def test_corrected_entry_stands_when_a_newer_reader_misses_it():
    fix = Fix(1, "employments.title", "Senior data scientist", anchor(RESUME, 1, "title"))
    shown = profile(Resume(employments=(FIRST,)), fix).entries["employments"]
    assert {name: field.value for name, field in shown[1].fields.items()} == {
        "title": "Senior data scientist",
        "employer": "Tallyr",
        "since": "2018",
        "until": "2021",
    }


def test_two_corrections_of_a_missed_entry_meet_in_one():
    fixes = (
        Fix(1, "employments.title", "Senior data scientist", anchor(RESUME, 1, "title")),
        Fix(2, "employments.employer", "Tallyr GmbH", anchor(RESUME, 1, "employer")),
    )
    assert len(profile(Resume(employments=(FIRST,)), *fixes).entries["employments"]) == 2


def test_removed_entry_stays_removed_after_a_new_reading():
    fix = Fix(1, "employments", None, anchor(RESUME, 0))
    assert titles(profile(RESUME, fix)) == ["Data scientist"]


def test_removal_never_takes_another_entry():
    fix = Fix(1, "employments", None, anchor(RESUME, 0))
    assert titles(profile(Resume(employments=(SECOND,)), fix)) == ["Data scientist"]


def test_added_entry_can_itself_be_corrected():
    add = Fix(1, "employments", {"title": "Tutor", "employer": "Own"}, Anchor())
    entry = profile(RESUME, add).entries["employments"][2]
    values = {name: field.value for name, field in entry.fields.items()}
    fix = Fix(2, "employments.title", "Teacher", Anchor(was="Tutor", quote=entry.quote, values=values))
    assert titles(profile(RESUME, add, fix)) == ["ML engineer", "Data scientist", "Teacher"]


def test_struck_skills_are_those_said_to_be_wrong():
    fixes = [Fix(1, "skills", None, Anchor(was="Python")), Fix(2, "skills", "Scala", Anchor(was="SCALA"))]
    assert struck_skills(fixes) == {"python"}
