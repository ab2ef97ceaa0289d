import pytest

from assay.reading.sentences import Sentences


def quotes(text):
    return [text[quote.start : quote.end] for quote in Sentences(text).quotes]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("• Thesis on image classification\nwith PyTorch; code is public.", 1),
        ("- Built a lake\nfor sensor data\nin Rust\n- Led a team", 2),
        ("• Python\n• Rust\n• Go", 3),
        ("Python\nRust\npandas", 3),
        ("• Built a lake\nSkills", 2),
        ("• Built a lake.\nwith care", 2),
    ],
)
def test_sentences_join_what_a_narrow_column_broke(text, expected):
    assert len(quotes(text)) == expected


def test_sentences_quote_the_whole_wrapped_bullet():
    text = "• Thesis on image classification\nwith PyTorch; code is public."
    assert quotes(text) == [text[2:]]
