"""Numbers about groups: what rates say, and which of them cannot all be equal."""

from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="fairness", licence="Apache-2.0")


def _ratio(rng: np.random.Generator) -> Variant:
    first, second = int(rng.choice([80, 120, 200])), int(rng.choice([40, 60, 100]))
    chosen = first * int(rng.integers(25, 60)) // 100
    chosen_second = second * int(rng.integers(15, 40)) // 100
    return number(
        stem=f"A screen lets through {chosen} of {first} applicants of one group and {chosen_second} of {second} of another. What is the **ratio of "
        "the lower rate to the higher** (the impact ratio)?",
        value=min(chosen / first, chosen_second / second) / max(chosen / first, chosen_second / second), tolerance_abs=0.011,
        explanation="Rates first, then their ratio. Below .8 the four-fifths rule (29 CFR 1607.4(D)) asks for a look; with so few people it is also missed "
        "or passed by chance, so an interval belongs to it.",
    )  # fmt: skip


def _check_ratio(variant: Variant) -> None:
    chosen, first, chosen_second, second = numbers_in(variant.stem)
    cross = (chosen * second) / (chosen_second * first)
    require(holds=abs(min(cross, 1 / cross) - value_of(variant)) < 1e-9, what="cross product")


def _missed(rng: np.random.Generator) -> Variant:
    table = {}
    for name in ("A", "B"):
        fit = int(rng.choice([40, 50, 80, 100]))
        table[name] = (
            fit,
            fit * int(rng.integers(50, 96)) // 100,
            int(rng.choice([100, 150])),
            int(rng.integers(5, 30)),
        )
    rows = "\n".join(
        f"| {name} | {fit} | {kept} | {rest} | {false} |" for name, (fit, kept, rest, false) in table.items()
    )
    rates = [kept / fit for fit, kept, _, _ in table.values()]
    return number(
        stem="| Group | Suited | Suited and chosen | Not suited | Not suited and chosen |\n| - | - | - | - | - |\n" + rows
        + "\n\nBy how much do the groups differ in **equal opportunity**: the difference between the shares of the suited who are chosen?",
        value=abs(rates[0] - rates[1]), tolerance_abs=0.011,
        explanation="Only the suited count: the true positive rates. How many unsuited people are chosen is another question (equalised odds asks both).",
    )  # fmt: skip


def _check_missed(variant: Variant) -> None:
    rows = [line.split("|") for line in variant.stem.split("\n") if line.startswith(("| A", "| B"))]
    passed_over = [1 - int(row[3]) / int(row[2]) for row in rows]
    require(
        holds=abs(abs(passed_over[0] - passed_over[1]) - value_of(variant)) < 1e-9, what="shares that were passed over"
    )


def _cannot_all(rng: np.random.Generator) -> Variant:
    first, second = (int(one) for one in rng.choice([20, 30, 40, 50, 60], 2, replace=False))
    trust, missed = int(rng.choice([60, 75, 80])), int(rng.choice([20, 25, 40]))
    value = second / (100 - second) * (100 - trust) / trust * (100 - missed)
    return number(
        stem=f"In group A {first} % default, in group B {second} %. In both a model's warnings are right {trust} % of the time and it misses {missed} % of the "
        "defaults. How many **per cent of those who would pay** in group B are warned of?",
        value=value, tolerance_rel=0.03, unit="%",
        explanation="With the share of right warnings and of misses fixed, the rate of false alarms follows from how many default: p/(1-p) · (1-PPV)/PPV · "
        "(1-FNR). Where groups differ in p it cannot be equal too, whoever builds the model.",
    )  # fmt: skip


def _check_cannot_all(variant: Variant) -> None:
    _, second, trust, missed = numbers_in(variant.stem)
    people = 1_000_000.0
    defaults = people * second / 100
    caught = defaults * (1 - missed / 100)
    warned = caught / (trust / 100)
    require(
        holds=abs(100 * (warned - caught) / (people - defaults) - value_of(variant)) < 1e-6, what="counting people of B"
    )


LEFT = ("sex", "age", "ethnic origin", "religion", "disability")
PROXIES = ("postcode, hobbies and first names", "photos and names of schools", "gaps in employment and memberships",
           "spelling, clubs and commuting time")  # fmt: skip


def _left_out(rng: np.random.Generator) -> Variant:
    what, proxies = LEFT[int(rng.integers(len(LEFT)))], PROXIES[int(rng.integers(len(PROXIES)))]
    return choice(
        rng,
        stem=f"A model of applicants was trained without {what}, but with {proxies}. A colleague says: “So it cannot treat people differently by {what}.” "
        "What is the answer?",
        right="What was left out may be guessed from the rest; results by group must be measured",
        wrong=[
            ("Right, since a model cannot use what it has never been given in training", "a column that is left out is forgotten"),
            ("Right, as long as the accuracy is the same with the column and without", "equal accuracy means equal treatment"),
            ("Wrong, but shuffling the rows before the training takes the trace away", "the order of rows carries the group"),
        ],
        explanation="Other columns stand in for the one that is gone. Whether it matters is seen by measuring outcomes by group, on data kept apart for that.",
    )  # fmt: skip


def _check_left_out(variant: Variant) -> None:
    rng = np.random.default_rng(5)
    group = rng.random(8000) < 0.5
    proxy = group + 0.5 * rng.normal(size=8000)
    label = rng.random(8000) < np.where(group, 0.3, 0.6)  # past decisions
    design = np.column_stack((np.ones(8000), proxy))
    score = design @ np.linalg.lstsq(design, label.astype(float), rcond=None)[0]
    require(holds=abs(score[group].mean() - score[~group].mean()) > 0.1, what="scores by group without the column")
    require(holds=chosen_text(variant).startswith("What was left out may be guessed"), what="the right option")


FAMILIES = (
    family(
        id="fairness/impact-ratio", title="The ratio of two rates", kind=Kind.NUMERIC, level=2, expected_s=75,
        loadings={"responsible_ai": 1.0, "statistics": 0.3}, make=_ratio, verify=_check_ratio,
        source="Own work, after 29 CFR 1607.4(D)",
    ),
    family(
        id="fairness/equal-opportunity", title="Equal opportunity from a table", kind=Kind.NUMERIC, level=3, expected_s=90,
        loadings={"responsible_ai": 1.0, "evaluation_metrics": 0.5}, make=_missed, verify=_check_missed,
        source="Own work, after Hardt, Price & Srebro 2016, Equality of Opportunity in Supervised Learning (NeurIPS)",
    ),
    family(
        id="fairness/cannot-all-be-equal", title="Rates that cannot all be equal", kind=Kind.NUMERIC, level=5, expected_s=150,
        loadings={"responsible_ai": 1.0, "probability": 0.5}, make=_cannot_all, verify=_check_cannot_all,
        source="Own work, after Chouldechova 2017, doi:10.1089/big.2016.0047",
    ),
    family(
        id="fairness/left-out-column", title="A column that was left out", kind=Kind.SINGLE, level=2, expected_s=60,
        loadings={"responsible_ai": 1.0, "feature_engineering": 0.4}, make=_left_out, verify=_check_left_out,
        source="Own work, after Dwork et al. 2012, doi:10.1145/2090236.2090255",
    ),
)  # fmt: skip
