import pytest

from assay.reading.pdf.accents import compose_accents
from assay.reading.pdf.glyphs import is_bold_font, shown_text
from assay.reading.pdf.placed import PlacedWord


def word(text, x0, first):
    return PlacedWord(
        text=text,
        x0=x0,
        x1=x0 + 5 * len(text),
        baseline=100,
        size=10,
        first_char=first,
        last_char=first + len(text) - 1,
    )


@pytest.mark.parametrize(
    ("drawn", "boxes", "read"),
    [
        ("Andr´e", {4: (20, 24), 5: (20, 25)}, "André"),  # the accent is drawn first
        ("Andre´", {4: (20, 25), 5: (20, 24)}, "André"),  # the letter is drawn first
        ("Garc´ıa", {4: (20, 24), 5: (20, 24)}, "García"),
        ("a`b", {0: (0, 5), 1: (5, 10), 2: (10, 15)}, "a`b"),  # a mark beside its letters is no accent
    ],
)
def test_compose_accents_sets_marks_on_the_letter_below(drawn, boxes, read):
    def char_box(index):
        x0, x1 = boxes.get(index, (5 * index, 5 * index + 5))
        return (x0, 90, x1, 100)

    assert [w.text for w in compose_accents(words=[word(drawn, 0, 0)], char_box=char_box)] == [read]


def test_compose_accents_joins_words_that_an_accent_cut():
    def char_box(index):
        x0 = {0: 0, 1: 5, 2: 10, 3: 15, 4: 20, 5: 20}.get(index, 5 * index - 5)
        return (x0, 90, x0 + 5, 100)

    left, right = word("Univ", 0, 0), word("´e", 20, 5)  # one blank that pdfium made up stands between
    joined = compose_accents(words=[left, right], char_box=lambda i: char_box(i - 1 if i > 4 else i))
    assert [w.text for w in joined] == ["Univé"]


def test_shown_text_drops_icons_and_composes():
    assert shown_text(text="\uf0e0ada@example.org", font="Lato") == "ada@example.org"
    assert shown_text(text="e\ufb03cient", font="Lato") == "efficient"
    assert shown_text(text="Zu\u0308rich", font="Lato") == "Zürich"
    assert shown_text(text="\uf0b7", font="ABCDEF+SymbolMT") == "•"


@pytest.mark.parametrize(
    ("font", "is_bold"),
    [
        ("ABCDEF+Lato-Bold", True),
        ("CMBX10", True),
        ("NimbusRomNo9L-Medi", True),
        ("Lato-Medium", False),
        ("Arial", False),
    ],
)
def test_is_bold_font_by_name(font, is_bold):
    assert is_bold_font(font, 0) is is_bold
