import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.people.duplicates import (
    BANDS,
    Likeness,
    band_keys,
    containment,
    names_alike,
    reasons_for,
    shingles_of,
)

VOCABULARY = [f"w{i}" for i in range(3000)]


def text_of(seed, words=400):
    rng = np.random.default_rng(seed)
    return " ".join(VOCABULARY[i] for i in rng.integers(0, len(VOCABULARY), words))


def edited(text, kind, seed=1):
    rng = np.random.default_rng(seed)
    words = text.split()
    if kind == "cut":
        return " ".join(words[: int(len(words) * 0.55)])
    if kind == "dropped":
        return " ".join(word for word in words if rng.random() >= 0.25)
    if kind == "shuffled":
        lines = [words[i : i + 12] for i in range(0, len(words), 12)]
        rng.shuffle(lines := [" ".join(line) for line in lines])
        return " ".join(lines)
    return " ".join([*words, *text_of(99, 120).split()])


def likeness(name="", contacts=(), text=""):
    return Likeness(name, frozenset(contacts), shingles_of(text))


@pytest.mark.parametrize("kind", ["cut", "dropped", "shuffled", "updated"])
def test_edited_copy_meets_in_a_band_and_shares_its_text(kind):
    one, other = shingles_of(text_of(5)), shingles_of(edited(text_of(5), kind))
    assert set(band_keys(one)) & set(band_keys(other)) != set()
    assert containment(one, other) >= 0.3


def test_unrelated_texts_share_nothing():
    assert containment(shingles_of(text_of(1)), shingles_of(text_of(2))) == 0.0


@given(st.lists(st.integers(0, 2**64 - 1), min_size=20, unique=True))
def test_band_keys_do_not_depend_on_order(hashes):
    assert band_keys(hashes) == band_keys(list(reversed(hashes)))


@given(st.text(), st.text())
def test_containment_is_symmetric_and_a_share(one, other):
    first, second = shingles_of(one), shingles_of(other)
    assert containment(first, second) == containment(second, first)
    assert 0.0 <= containment(first, second) <= 1.0


def test_band_keys_fit_the_database_and_none_for_a_short_text():
    keys = band_keys(shingles_of(text_of(3)))
    assert len(keys) == BANDS
    assert all(-(2**63) <= key < 2**63 for key in keys)
    assert band_keys(shingles_of("only three words")) == []


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("John Smith", "J. Smith", True),
        ("Müller, Anna", "Anna Muller", True),
        ("Anna Muller", "Anna Mueller", True),
        ("John Smith", "Jane Smith", False),
        ("John Smith", "Kai Weber", False),
        ("", "", False),
    ],
)
def test_names_alike(one, other, expected):
    assert names_alike(one, other) is expected


def test_reasons_name_what_is_shared():
    one = likeness("Anna Muller", [("email", "a@x.example"), ("place", "berlin")])
    other = likeness("Anna Mueller", [("email", "a@x.example"), ("place", "berlin")])
    assert [reason.kind for reason in reasons_for(one, other)] == ["same_email", "similar_name"]


def test_alike_name_alone_is_no_reason_and_the_same_name_is():
    assert reasons_for(likeness("Anna Muller"), likeness("Anna Mueller")) == []
    assert [reason.kind for reason in reasons_for(likeness("Anna Müller"), likeness("Muller Anna"))] == ["same_name"]
