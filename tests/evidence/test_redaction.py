import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.evidence.redaction import MASK, Kind, masked, masked_value, redacted_boxes, redactions_of
from assay.reading.model import Box, Document, Education, Found, Hidden, HiddenReason, Link, Resume, Word

TEXT = """AMARA OKAFOR
Senior ML engineer (she/her)
Lindenstraße 14, 10969 Berlin · +49 171 123 45 67 · amara.okafor@mail.example
github.com/amaraokafor | www.okafor.dev/cv | My homepage
Date of birth: 3 May 1991
Geburtsort: Lagos
Nationality: Nigerian

2019 - 2023 Kornfeld, ML engineer
Amara's team moved the forecast to 14 markets. Built PyTorch models, 2018 – 2021.
Okafor, A. and Tan, M. (2020). Rolling origin backtests.
Education
M.Sc. Computer Science, University of Lagos, 2014
Thesis supervised at the Institute for Sensors in Graz
Alumna of the university of lagos choir
"""
LEAKS = [
    "Amara", "Okafor", "amaraokafor", "she/her", "Lindenstraße", "10969", "171 123", "mail.example", "okafor.dev",
    "homepage",     "1991", "3 May", "Lagos", "Nigerian", "University", "Okafor, A.",
]  # fmt: skip
KEPT = ["Senior ML engineer", "2019 - 2023 Kornfeld", "moved the forecast to 14 markets", "PyTorch", "2018 – 2021",
        "M.Sc. Computer Science", "Rolling origin backtests"]  # fmt: skip


def found(value):
    return Found(value=value, start=TEXT.index(value), end=TEXT.index(value) + len(value))


def span_word(value, x0=0.1):
    start = TEXT.index(value)
    return Word(start=start, end=start + len(value), box=Box(page=0, x0=x0, y0=0.1, x1=x0 + 0.1, y1=0.12))


LINK = TEXT.index("My homepage")
DOCUMENT = Document(
    media_type="text/plain",
    text=TEXT,
    links=(Link(uri="https://okafor.dev", start=LINK, end=LINK + len("My homepage")),),
    words=(span_word("AMARA"), span_word("Senior", x0=0.5), span_word("PyTorch", x0=0.7)),
    hidden=(Hidden(text="Amara", reason=HiddenReason.LOW_CONTRAST, box=Box(page=0, x0=0, y0=0.9, x1=0.1, y1=0.95)),),
)
RESUME = Resume(
    name=Found(value="Amara Okafor", start=0, end=12),
    places=(found("Berlin"),),
    education=(Education(institution=found("University of Lagos"), start=0, end=1),),
)


def hidden_text():
    return masked(text=TEXT, redactions=redactions_of(document=DOCUMENT, resume=RESUME))


@pytest.mark.parametrize("leak", LEAKS)
def test_nothing_that_could_leak_is_left(leak):
    assert leak.casefold() in TEXT.casefold()
    assert leak.casefold() not in hidden_text().casefold()


@pytest.mark.parametrize("kept", KEPT)
def test_what_says_what_somebody_can_do_stays(kept):
    assert kept in hidden_text()


def test_mask_keeps_every_span():
    hidden = hidden_text()
    assert len(hidden) == len(TEXT)
    assert [i for i, char in enumerate(hidden) if char.isspace()] == [i for i, c in enumerate(TEXT) if c.isspace()]


def test_contacts_are_hidden_though_the_reader_found_none():
    hidden = masked(text=TEXT, redactions=redactions_of(document=DOCUMENT, resume=Resume()))
    assert [leak for leak in ("mail.example", "171 123", "okafor.dev", "1991") if leak in hidden] == []


def test_corrected_name_is_hidden_too():
    document = Document(media_type="text/plain", text="Bell wrote this. Amara did too.")
    redactions = redactions_of(document=document, resume=Resume(), names=["Amara Bell"])
    assert masked(text=document.text, redactions=redactions) == f"{MASK * 4} wrote this. {MASK * 5} did too."


def test_ordinary_word_that_is_a_short_name_stays_in_lower_case():
    document = Document(media_type="text/plain", text="Will Long\nI will work as long as needed")
    redactions = redactions_of(document=document, resume=Resume(name=Found(value="Will Long", start=0, end=9)))
    assert masked(text=document.text, redactions=redactions).endswith("I will work as long as needed")


def test_value_from_elsewhere_is_masked_by_the_same_words():
    redactions = redactions_of(document=DOCUMENT, resume=RESUME)
    value = masked_value(value="Okafor Consulting, Berlin, call 0171 1234567", redactions=redactions, text=TEXT)
    assert value == f"{MASK * 6} Consulting, {MASK * 6}, call {MASK * 4} {MASK * 7}"


def test_boxes_cover_hidden_words_and_hidden_text_and_nothing_else():
    boxes = redacted_boxes(document=DOCUMENT, redactions=redactions_of(document=DOCUMENT, resume=RESUME))
    assert [(round(box.x0, 2), round(box.y0, 1)) for box in boxes] == [(0.1, 0.1), (0.0, 0.9)]


def test_redactions_name_their_kind():
    kinds = {redaction.kind for redaction in redactions_of(document=DOCUMENT, resume=RESUME)}
    assert kinds == set(Kind)


@given(st.text(alphabet=st.sampled_from("abc@.+ 0123456789\nAé/-:"), max_size=200))
def test_any_text_keeps_its_length_and_its_lines(text):
    redactions = redactions_of(document=Document(media_type="text/plain", text=text), resume=Resume())
    hidden = masked(text=text, redactions=redactions)
    assert (len(hidden), hidden.count("\n")) == (len(text), text.count("\n"))
    assert all(a.end <= b.start for a, b in itertools.pairwise(redactions))


def test_town_that_tells_of_the_school_is_hidden_and_the_subject_is_not():
    text = "Stanford University – Stanford, CA\nMS in Computer Science\nLed Computer Science outreach"
    document = Document(media_type="text/plain", text=text)
    school = Education(institution=Found(value="Stanford University", start=0, end=19), start=0, end=30)
    hidden = masked(text=text, redactions=redactions_of(document=document, resume=Resume(education=(school,))))
    assert ("Stanford" in hidden, hidden.count("Computer Science")) == (False, 2)
