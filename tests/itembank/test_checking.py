"""The checker: it names what a family does wrong, with the seed."""

import msgspec
import pytest

from assay.itembank.bank import Bank
from assay.itembank.checking import check_bank
from assay.itembank.errors import ItemError
from assay.itembank.making import choice, number, numbers_in
from assay.itembank.model import ChoiceKey, Family, Kind, Option

KNOWN = {"statistics"}


def family(make, *, kind=Kind.SINGLE, verify=lambda _variant: None, loadings=None, level=3):
    return Family(
        id="statistics/made", title="Made", domain="statistics", loadings=loadings or {"statistics": 1.0}, kind=kind,
        level=level, expected_s=60, source="", licence="", make=make, verify=verify,
    )  # fmt: skip


def good(rng):
    count = int(rng.integers(10, 10_000))
    wrong = [(str(count + 1), "counts from one"), (str(count * 2), "counts twice")]
    return choice(rng, stem=f"How many of {count}?", right=str(count), wrong=wrong, explanation="All.")


def faults(made, seeds=10):
    return check_bank(bank=Bank((made,)), competencies=KNOWN, seeds=seeds)


def test_good_family_has_no_fault():
    assert faults(family(good)) == []


def raises_at_some_seed(rng):
    if rng.random() < 0.5:
        raise ZeroDivisionError("no people")
    return good(rng)


def two_right(rng):
    return msgspec.structs.replace(good(rng), key=ChoiceKey(ids=("a", "b")))


def same_text(rng):
    return msgspec.structs.replace(
        good(rng), options=(Option(id="a", text="1"), Option(id="b", text=" 1", misconception="x")),
        key=ChoiceKey(ids=("a",)),
    )  # fmt: skip


def no_misconception(rng):
    made = good(rng)
    return msgspec.structs.replace(
        made, options=tuple(msgspec.structs.replace(one, misconception="") for one in made.options)
    )


def key_elsewhere(rng):
    return msgspec.structs.replace(good(rng), key=ChoiceKey(ids=("z",)))


def never_varies(rng):
    return number(stem="What is one half?", value=0.5, explanation="Half.")


def not_a_number(rng):
    return number(stem=f"What is {rng.random()}?", value=float("nan"), explanation="Nothing.")


def long_right(rng):
    count = int(rng.integers(10, 10_000))
    right = f"It is {count}, since whatever is counted is counted once and only once in all of these cases"
    wrong = [(f"It is {count + 1}", "counts from one"), (f"It is {count * 2}", "counts twice")]
    return choice(rng, stem=f"How many of {count}?", right=right, wrong=wrong, explanation="All.")


@pytest.mark.parametrize(
    ("make", "words"),
    [
        (two_right, "exactly one option is right"),
        (same_text, "one id or one text"),
        (no_misconception, "mixes up"),
        (key_elsewhere, "mixes up"),
        (not_a_number, "its key is no number"),
    ],
)
def test_fault_is_named_with_family_and_seed(make, words):
    found = faults(family(make))
    assert [(one.family, one.seed) for one in found if one.seed] == [("statistics/made", seed) for seed in range(1, 11)]
    assert words in found[0].what


def test_generator_that_raises_names_its_seeds_only():
    found = faults(family(raises_at_some_seed), seeds=20)
    assert 0 < len(found) < 20
    assert {one.what for one in found} == {"ZeroDivisionError: no people"}
    assert all(one.seed for one in found)


def test_key_that_is_not_proved_is_a_fault():
    def refuse(_variant):
        raise ItemError("simulated otherwise")

    assert {one.what for one in faults(family(good, verify=refuse))} == {"ItemError: simulated otherwise"}


@pytest.mark.parametrize(
    ("made", "words"),
    [
        (family(never_varies, kind=Kind.NUMERIC), "hardly differ"),
        (family(long_right), "times as long"),
        (family(good, loadings={"nothing": 1.0}), "does not know nothing"),
        (family(good, level=6), "levels"),
    ],
)
def test_fault_of_the_whole_family_is_named(made, words):
    found = faults(made)
    assert [one.seed for one in found] == [0]
    assert words in found[0].what


def test_check_reads_the_numbers_of_a_stem():
    assert numbers_in("w = -3, rate 0.05, 1e-4; a2 and 7 %.") == [-3.0, 0.05, 1e-4, 7.0]
