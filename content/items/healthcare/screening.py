"""Models about patients: what a positive finding means, who may be in which part, who can be told apart."""

from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="healthcare", licence="Apache-2.0")


def _predictive_value(rng: np.random.Generator) -> Variant:
    sick = int(rng.choice([2, 5, 10, 20, 40]))
    found, spared = int(rng.choice([80, 90, 95])), int(rng.choice([90, 95, 98]))
    true, false = sick * found / 100, (1000 - sick) * (100 - spared) / 100
    return number(
        stem=f"Of 1000 people screened {sick} are ill. A model finds {found} % of the ill and leaves {spared} % of the others alone. "
        "How many per cent of the people whom it reports **are ill**?",
        value=100 * true / (true + false), tolerance_abs=0.6, unit="%",
        explanation=f"{true:g} ill and {false:g} healthy people are reported. Where few are ill, most reports are wrong even of a good model.",
    )  # fmt: skip


def _check_predictive_value(variant: Variant) -> None:
    people, sick, found, spared = numbers_in(variant.stem)
    scale = 1000  # whole people: a million of them
    ill = round(sick * scale)
    reported_ill = ill * round(found) // 100
    reported_well = (round(people) * scale - ill) * (100 - round(spared)) // 100
    share = 100 * reported_ill / (reported_ill + reported_well)
    require(holds=abs(share - value_of(variant)) < 1e-6, what="counting a million people")


UNITS = (("chest X-rays", "patient", "films"), ("heart traces", "patient", "traces"), ("tissue slides", "donor", "tiles"),
         ("nights of sleep", "sleeper", "nights"))  # fmt: skip


def _same_patient(rng: np.random.Generator) -> Variant:
    things, who, rows = UNITS[int(rng.integers(len(UNITS)))]
    each = int(rng.integers(4, 30))
    return choice(
        rng,
        stem=f"A data set holds {things}: about {each} {rows} of each {who}. A random split of the {rows} gives an accuracy of .97, "
        "a new clinic sees .71. What should have been split?",
        right=f"Each {who}, so that all their {rows} lie in one part",
        wrong=[
            (f"The {rows} again, with another seed for chance", "one unlucky draw explains a gap that wide"),
            (f"The {rows} by class, the same share in each part", "equal shares of the classes keep parts apart"),
            (f"The {rows} into ten folds, their results averaged", "more folds take away what the parts share"),
        ],
        explanation=f"{rows.capitalize()} of one {who} resemble each other. With a {who} on both sides the model recognises people, and the "
        "test asks about people whom it knows.",
    )  # fmt: skip


def _check_same_patient(variant: Variant) -> None:
    rng = np.random.default_rng(4)
    people, each = 60, 8
    label = rng.integers(0, 2, people)  # nothing but the person says it
    centre = rng.normal(size=(people, 12))
    rows = np.repeat(centre, each, axis=0) + 0.2 * rng.normal(size=(people * each, 12))
    who, truth = np.repeat(np.arange(people), each), np.repeat(label, each)

    def accuracy(is_test: np.ndarray) -> float:
        gaps = ((rows[is_test][:, None] - rows[~is_test][None]) ** 2).sum(axis=2)
        return float((truth[~is_test][gaps.argmin(axis=1)] == truth[is_test]).mean())

    mixed, apart = accuracy(rng.random(len(rows)) < 0.25), accuracy(who % 4 == 0)
    require(holds=mixed > 0.95 and apart < 0.75, what="nearest neighbours with people mixed and apart")
    require(holds="so that all their" in chosen_text(variant), what="the right option")


def _anonymity(rng: np.random.Generator) -> Variant:
    ages, places = ("20-39", "40-59", "60-79"), ("North", "South")
    counts = {(age, place): int(rng.integers(2, 30)) for age in ages for place in places}
    asked = int(rng.integers(8, 15))
    rows = "\n".join(f"| {age} | {place} | {count} |" for (age, place), count in counts.items())
    lost = sum(count for count in counts.values() if count < asked)
    return number(
        stem=f"A hospital gives away rows with age group and region only:\n\n| Age | Region | Patients |\n| - | - | - |\n{rows}\n\n"
        f"To be **{asked}-anonymous**, groups that are too small are left out. How many patients are left out?",
        value=lost,
        explanation=f"Every row must look like at least {asked - 1} others in what could be known from elsewhere; groups below {asked} go.",
    )  # fmt: skip


def _check_anonymity(variant: Variant) -> None:
    lines = [line.split("|") for line in variant.stem.split("\n") if line.startswith("|")][2:]
    people = [(line[1], line[2]) for line in lines for _ in range(int(line[3]))]
    asked = int(variant.stem.split("**")[1].split("-")[0])
    alone = [one for one in people if people.count(one) < asked]
    require(holds=len(alone) == value_of(variant), what="counting whom each person resembles")


FAMILIES = (
    family(
        id="healthcare/predictive-value", title="What a positive finding means", kind=Kind.NUMERIC, level=3, expected_s=110,
        loadings={"domain_healthcare": 1.0, "probability": 0.6}, make=_predictive_value, verify=_check_predictive_value,
        source="Own work, after Altman & Bland 1994, doi:10.1136/bmj.309.6947.102",
    ),
    family(
        id="healthcare/same-patient", title="One patient on both sides of a split", kind=Kind.SINGLE, level=3, expected_s=70,
        loadings={"domain_healthcare": 1.0, "validation_design": 0.8}, make=_same_patient, verify=_check_same_patient,
        source="Own work, after Kapoor & Narayanan 2023, doi:10.1016/j.patter.2023.100804",
    ),
    family(
        id="healthcare/anonymity", title="Groups too small to be given away", kind=Kind.NUMERIC, level=3, expected_s=80,
        loadings={"domain_healthcare": 1.0, "responsible_ai": 0.6}, make=_anonymity, verify=_check_anonymity,
        source="Own work, after Sweeney 2002, doi:10.1142/S0218488502001648",
    ),
)  # fmt: skip
