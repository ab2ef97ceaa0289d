"""Short pieces of R to be read. A model of its rules in Python gives the answer; tests run R itself where it is there."""

from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="r_language", licence="Apache-2.0", source="Own work; every answer is what R prints")


def _shown(code: str) -> str:
    return f"What does this print?\n\n```r\n{code}\n```"


def code_of(variant: Variant) -> str:
    """Yield the R code that a question shows."""
    return variant.stem.split("```r\n")[1].split("\n```")[0]


def _vector(text: str) -> list[float]:
    return [float(one) for one in text.split("c(")[1].split(")", maxsplit=1)[0].replace('"', "").split(",")]


def _recycling(rng: np.random.Generator) -> Variant:
    first, second = (
        [int(one) for one in rng.integers(1, 9, 6)],
        [int(one) for one in rng.integers(10, 60, int(rng.choice([2, 3])))],
    )
    place = int(rng.integers(4, 7))
    return number(
        stem=_shown(f"x <- c({', '.join(map(str, first))})\ny <- c({', '.join(map(str, second))})\nprint((x + y)[{place}])"),
        value=first[place - 1] + second[(place - 1) % len(second)],
        explanation="The shorter vector is repeated to the length of the longer one, and places are counted from 1.",
    )  # fmt: skip


def _check_recycling(variant: Variant) -> None:
    lines = code_of(variant).split("\n")
    x, y = np.array(_vector(lines[0])), np.array(_vector(lines[1]))
    place = int(lines[2].split("[")[1].split("]")[0])
    require(holds=(x + np.resize(y, len(x)))[place - 1] == value_of(variant), what="repeating the shorter one")


def _left_out(rng: np.random.Generator) -> Variant:
    values = [int(one) for one in rng.choice(np.arange(2, 40), 4, replace=False)]
    place = int(rng.integers(1, 5))
    rest = [one for number_, one in enumerate(values, start=1) if number_ != place]
    shown = f"`{' '.join(map(str, rest))}`"
    wrong = [
        (f"`{values[-place]}`", "a negative place counts from the end"),
        (f"`{values[place - 1]}`", "the sign of a place is ignored"),
        (
            f"`{' '.join(map(str, values[: len(values) - place] or values))}`",
            "a negative place cuts that many off the end",
        ),
    ]
    kept = [
        one
        for place_, one in enumerate(wrong)
        if one[0] != shown and one[0] not in [text for text, _ in wrong[:place_]]
    ]
    return choice(
        rng, stem=_shown(f"x <- c({', '.join(map(str, values))})\ncat(x[-{place}])"), right=shown, wrong=kept,
        explanation="A negative place in R leaves that one out; it does not count from the end.",
    )  # fmt: skip


def _check_left_out(variant: Variant) -> None:
    lines = code_of(variant).split("\n")
    values, place = _vector(lines[0]), int(lines[1].split("[-")[1].split("]")[0])
    del values[place - 1]
    require(holds=chosen_text(variant) == f"`{' '.join(f'{one:g}' for one in values)}`", what="leaving one out")


def _factor(rng: np.random.Generator) -> Variant:
    texts = [str(one) for one in rng.choice([5, 7, 10, 20, 30, 100], 3, replace=False)]
    place = int(rng.integers(0, 3))
    return number(
        stem=_shown(f'x <- factor(c({", ".join(f"{chr(34)}{one}{chr(34)}" for one in texts)}))\nprint(as.numeric(x)[{place + 1}])'),
        value=1 + sorted(texts).index(texts[place]),
        explanation="A factor holds numbers of its levels, and the levels of texts are sorted as texts. For the numbers that were typed: `as.numeric(as.character(x))`.",
    )  # fmt: skip


def _check_factor(variant: Variant) -> None:
    lines = code_of(variant).split("\n")
    texts = [one.strip(' "') for one in lines[0].split("c(")[1].split(")")[0].split(",")]
    asked = texts[int(lines[1].split("[")[1].split("]")[0]) - 1]
    before = sum(one < asked for one in texts)
    require(holds=before + 1 == value_of(variant), what="levels before it in the alphabet")


def _missing(rng: np.random.Generator) -> Variant:
    values = [str(one) for one in rng.integers(1, 20, 5)]
    for place in rng.choice(5, int(rng.integers(1, 3)), replace=False):
        values[int(place)] = "NA"
    limit = int(rng.integers(5, 15))
    known = [int(one) for one in values if one != "NA"]
    return number(
        stem=_shown(f"x <- c({', '.join(values)})\nprint(sum(is.na(x)) + length(x[x > {limit}]))"),
        value=2 * values.count("NA") + sum(one > limit for one in known),
        explanation="`NA > 5` is NA, and a vector that is picked by NA yields NA: unknown values stay in `x[x > …]` and are counted by `length`.",
    )  # fmt: skip


def _check_missing(variant: Variant) -> None:
    lines = code_of(variant).split("\n")
    values = [one.strip() for one in lines[0].split("c(")[1].split(")")[0].split(",")]
    limit = int(lines[1].split("> ")[1].split("]")[0])
    picked = [one for one in values if one == "NA" or int(one) > limit]
    require(holds=values.count("NA") + len(picked) == value_of(variant), what="picking by a mask with NA")


FAMILIES = (
    family(
        id="r_language/recycling", title="Vectors of unequal length", kind=Kind.READING, level=2, expected_s=50, loadings={"r_language": 1.0},
        make=_recycling, verify=_check_recycling,
    ),
    family(
        id="r_language/negative-place", title="A negative place", kind=Kind.SINGLE, level=2, expected_s=40, loadings={"r_language": 1.0},
        make=_left_out, verify=_check_left_out,
    ),
    family(
        id="r_language/factor-as-number", title="A factor as a number", kind=Kind.READING, level=3, expected_s=55, loadings={"r_language": 1.0},
        make=_factor, verify=_check_factor,
    ),
    family(
        id="r_language/missing-values", title="Missing values that are picked", kind=Kind.READING, level=4, expected_s=70,
        loadings={"r_language": 1.0, "data_quality": 0.3}, make=_missing, verify=_check_missing,
    ),
)  # fmt: skip
