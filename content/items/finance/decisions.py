"""Models that decide about money: thresholds, losses, and what an applicant is told."""

from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="finance", licence="Apache-2.0")


def _threshold(rng: np.random.Generator) -> Variant:
    check, loss = int(rng.choice([2, 5, 8, 10, 20])), int(rng.choice([60, 95, 180, 240, 490]))
    return number(
        stem=f"Holding back a payment that was honest costs {check} €; letting a fraud through costs {loss} €. The model's chances are "
        "calibrated. From which **chance of fraud** on should a payment be held back?",
        value=check / (check + loss), tolerance_rel=0.02,
        explanation=f"Holding back costs {check} · (1 - p), letting through {loss} · p: equal at {check}/{check + loss}. The best threshold is "
        "where the costs meet, not one half.",
    )  # fmt: skip


def _check_threshold(variant: Variant) -> None:
    check, loss = numbers_in(variant.stem)[:2]
    chances = np.linspace(0.0, 1.0, 100_001)
    border = chances[np.argmax(check * (1 - chances) <= loss * chances)]
    require(holds=abs(border - value_of(variant)) < 2e-5, what="first chance at which holding back is cheaper")


def _expected_loss(rng: np.random.Generator) -> Variant:
    chance, lost = int(rng.choice([1, 2, 3, 4, 5])), int(rng.choice([40, 45, 50, 60]))
    owed, count = int(rng.choice([5, 8, 10, 20])), int(rng.choice([100, 200, 500]))
    return number(
        stem=f"A bank lends {owed} thousand € to each of {count} firms. Each fails within the year with a chance of {chance} %, and then "
        f"{lost} % of what is owed is lost. What loss is **expected**, in thousand €?",
        value=count * owed * chance / 100 * lost / 100, tolerance_rel=0.005,
        explanation="Probability of default times loss given default times exposure, summed; that they may fail together changes the spread, "
        "not the expectation.",
    )  # fmt: skip


def _check_expected_loss(variant: Variant) -> None:
    owed, count, chance, lost = numbers_in(variant.stem)
    distribution = np.array([1.0])  # of the number of failures, firm by firm
    for _ in range(int(count)):
        distribution = np.convolve(distribution, [1 - chance / 100, chance / 100])
    mean = float(distribution @ np.arange(len(distribution))) * owed * lost / 100
    require(holds=abs(mean - value_of(variant)) < 1e-6 * mean + 1e-9, what="expectation over the number of failures")


SPECIFIC = ("Income too low for the amount that was asked", "Too many payments late within the last year",
            "Length of employment is too short so far", "Share of credit lines in use is too high")  # fmt: skip
VAGUE = (
    ("The score was below what our model asks for", "a score by itself is a reason"),
    ("Our internal credit policy was not met here", "naming a policy tells the applicant what to change"),
    ("An automated system has come to this result", "who decided is the reason for the decision"),
    ("Applicants like you often fail to pay it back", "a group's record explains one person's refusal"),
)


def _reasons(rng: np.random.Generator) -> Variant:
    right = str(rng.choice(SPECIFIC))
    wrong = [VAGUE[int(place)] for place in rng.permutation(len(VAGUE))[:3]]
    return choice(
        rng,
        stem="In the United States a lender refuses a loan on the score of a gradient-boosted model. Which sentence may stand as **the reason** "
        "in the notice to the applicant?",
        right=right, wrong=wrong,
        explanation="Regulation B (12 CFR 1002.9(b)(2)) asks for the specific principal reasons; that an internal standard was not met or a "
        "score not reached is named there as insufficient. A model whose reasons cannot be told cannot be used so.",
    )  # fmt: skip


def _check_reasons(variant: Variant) -> None:
    insufficient = ("score", "policy", "system", "applicants like")
    fit = [one.text for one in variant.options if not any(word in one.text.lower() for word in insufficient)]
    require(holds=fit == [chosen_text(variant)], what="the one option that names a fact about the applicant")


def _historic_risk(rng: np.random.Generator) -> Variant:
    days = sorted((int(one) for one in rng.choice(np.arange(-40, 60), 20, replace=False)), reverse=True)
    share = int(rng.choice([80, 90]))
    losses = [int(one) for one in rng.permutation(days)]
    rank = round(20 * (100 - share) / 100)
    return number(
        stem=f"Losses of the last 20 days in thousand € (a gain is negative): {', '.join(map(str, losses))}. Which is the smallest of them "
        f"that was exceeded on **at most {100 - share} %** of the days?",
        value=days[rank],
        explanation=f"{rank} of 20 days may lie above it: the value at risk at {share} %, from history alone. It says nothing of how bad those "
        f"{rank} days were.",
    )  # fmt: skip


def _check_historic_risk(variant: Variant) -> None:
    found = numbers_in(variant.stem.split("negative):")[1])
    losses, share = np.array(found[:20]), found[20]
    fit = [one for one in losses if (losses > one).mean() * 100 <= share + 1e-9]
    require(holds=min(fit) == value_of(variant), what="trying every day's loss")


FAMILIES = (
    family(
        id="finance/threshold-by-cost", title="A threshold from two costs", kind=Kind.NUMERIC, level=3, expected_s=90,
        loadings={"domain_finance": 1.0, "evaluation_metrics": 0.7}, make=_threshold, verify=_check_threshold,
        source="Own work, after Elkan 2001, The Foundations of Cost-Sensitive Learning (IJCAI)",
    ),
    family(
        id="finance/expected-loss", title="Expected loss of a book of loans", kind=Kind.NUMERIC, level=2, expected_s=80,
        loadings={"domain_finance": 1.0, "probability": 0.4}, make=_expected_loss, verify=_check_expected_loss,
        source="Own work, after the Basel Framework, CRE 31 and 32",
    ),
    family(
        id="finance/reasons-of-a-refusal", title="What a refused applicant is told", kind=Kind.SINGLE, level=3, expected_s=60,
        loadings={"domain_finance": 1.0, "responsible_ai": 0.7}, make=_reasons, verify=_check_reasons,
        source="Own work, after 12 CFR 1002.9(b)(2) (Regulation B)",
    ),
    family(
        id="finance/historic-risk", title="Value at risk from past days", kind=Kind.NUMERIC, level=3, expected_s=100,
        loadings={"domain_finance": 1.0, "statistics": 0.5}, make=_historic_risk, verify=_check_historic_risk,
        source="Own work, after what any course in risk teaches",
    ),
)  # fmt: skip
