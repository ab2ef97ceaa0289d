"""Models against intruders: alarms that are real, what a short list catches, attackers who read the news."""

from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="security", licence="Apache-2.0")


def _real_alarms(rng: np.random.Generator) -> Variant:
    events, attacks = int(rng.choice([1, 2, 5])), int(rng.choice([10, 20, 50]))
    found, false = int(rng.choice([90, 95, 99])), float(rng.choice([0.1, 0.2, 0.5]))
    sound = events * 1_000_000 - attacks
    real = attacks * found / 100
    return number(
        stem=f"A network sees {events} million events a day, {attacks} of them attacks. A detector reports {found} % of the attacks and "
        f"{false:g} % of the other events. How many **of 1000 alarms** are attacks?",
        value=1000 * real / (real + sound * false / 100), tolerance_rel=0.03,
        explanation=f"{real:g} attacks beside {sound * false / 100:.0f} false alarms a day: the rate of false alarms and the rarity of attacks decide, "
        "not the share that is found.",
    )  # fmt: skip


def _check_real_alarms(variant: Variant) -> None:
    events, attacks, found, false, _ = numbers_in(variant.stem)
    prior = attacks / (events * 1e6)
    odds = prior / (1 - prior) * (found / false)  # Bayes in odds
    require(holds=abs(1000 * odds / (1 + odds) - value_of(variant)) < 1e-6, what="posterior odds")


def _short_list(rng: np.random.Generator) -> Variant:
    labels = [int(one) for one in rng.random(12) < np.linspace(0.8, 0.1, 12)]
    labels[0], labels[-1] = 1, max(labels[-1], 1 if sum(labels[1:]) == 0 else labels[-1])
    each = int(rng.integers(4, 7))
    days = ", ".join("attack" if one else "sound" for one in labels)
    return number(
        stem=f"Sorted by score, the highest first, a day's reports are: {days}. Analysts can look at {each} a day. Which **share of the attacks** do they "
        "see, as a number from 0 to 1?",
        value=sum(labels[:each]) / sum(labels), tolerance_abs=0.011,
        explanation=f"{sum(labels[:each])} of {sum(labels)}: recall at {each}. Where hands are few this is the figure to compare detectors by, not an area "
        "under a curve that is mostly beyond reach.",
    )  # fmt: skip


def _check_short_list(variant: Variant) -> None:
    listed = variant.stem.split("are: ")[1].split(". Analysts")[0].split(", ")
    each = int(numbers_in(variant.stem.split("look at")[1])[0])
    seen = [place for place, one in enumerate(listed) if one == "attack"]
    share = np.mean([place < each for place in seen])
    require(holds=abs(float(share) - value_of(variant)) < 1e-9, what="places of the attacks")


KINDS = ("malicious mails", "harmful files", "fake accounts", "card frauds", "web requests of bots")


def _attackers_move(rng: np.random.Generator) -> Variant:
    kind = KINDS[int(rng.integers(len(KINDS)))]
    months = int(rng.choice([6, 12, 18, 24]))
    return choice(
        rng,
        stem=f"A classifier of {kind} is trained on {months} months of examples. Split at random it finds 98 % at 1 % false alarms; in use it soon finds "
        "far fewer. Which evaluation would have **told this before**?",
        right="Train on the earlier months, test on the months that follow",
        wrong=[
            ("Split at random ten times over and report the spread", "a spread over random splits covers change over time"),
            ("Draw the test set with as many attacks as sound cases", "a balanced test set shows what will come"),
            ("Hold out a random tenth and touch it only at the end", "a test set that was never touched is like the future"),
        ],
        explanation="Attackers change what is found. A random split puts siblings of each campaign on both sides; only time between the parts asks about "
        "what the model has not seen.",
    )  # fmt: skip


def _check_attackers_move(variant: Variant) -> None:
    rng = np.random.default_rng(9)
    month = np.repeat(np.arange(12), 300)
    centre = rng.normal(size=(12, 6)) * 3  # each month another campaign
    is_attack = rng.random(len(month)) < 0.5
    rows = np.where(is_attack[:, None], centre[month], 0.0) + rng.normal(size=(len(month), 6))

    def found(is_test: np.ndarray) -> float:
        gaps = ((rows[is_test & is_attack][:, None] - rows[~is_test][None]) ** 2).sum(axis=2)
        return float(is_attack[~is_test][gaps.argmin(axis=1)].mean())

    at_random, later = found(rng.random(len(month)) < 0.25), found(month >= 9)
    require(holds=at_random > later + 0.1, what="a random split beside a split in time")
    require(holds=chosen_text(variant).startswith("Train on the earlier"), what="the right option")


FAMILIES = (
    family(
        id="security/real-alarms", title="How many alarms are attacks", kind=Kind.NUMERIC, level=3, expected_s=110,
        loadings={"domain_security": 1.0, "probability": 0.6}, make=_real_alarms, verify=_check_real_alarms,
        source="Own work, after Axelsson 2000, doi:10.1145/357830.357849",
    ),
    family(
        id="security/short-list", title="What a short list catches", kind=Kind.NUMERIC, level=2, expected_s=75,
        loadings={"domain_security": 0.8, "evaluation_metrics": 1.0}, make=_short_list, verify=_check_short_list,
        source="Own work, after what any course in information retrieval teaches",
    ),
    family(
        id="security/attackers-move", title="An evaluation that attackers do not respect", kind=Kind.SINGLE, level=3, expected_s=70,
        loadings={"domain_security": 1.0, "validation_design": 0.8}, make=_attackers_move, verify=_check_attackers_move,
        source="Own work, after Pendlebury et al. 2019, TESSERACT (USENIX Security)",
    ),
)  # fmt: skip
