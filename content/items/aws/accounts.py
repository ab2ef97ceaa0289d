"""Amazon Web Services: who may do what, what storage costs, how long a spot machine still lives."""

from fnmatch import fnmatchcase
from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="aws", licence="Apache-2.0")
ACTIONS = ("s3:GetObject", "s3:PutObject", "s3:DeleteObject")
PATTERNS = ("s3:*", "s3:Get*", "s3:PutObject", "s3:DeleteObject")
PLACES = ("models/*", "models/live/*", "*")
OUTCOMES = {
    "allowed": "It is allowed: a statement allows it and none denies it",
    "denied": "It is denied: a statement denies it, whatever others allow",
    "silent": "It is denied: no statement speaks of it, and that is no",
}
MIXED = {
    "allowed": "an allow is passed over",
    "denied": "a deny is read where there is none, or one is not read",
    "silent": "what nobody speaks of is mistaken for something else",
    "order": "the order of statements decides",
}


def _policy(rng: np.random.Generator) -> Variant:
    rules = [
        (str(rng.choice(["Allow", "Allow", "Deny"])), str(rng.choice(PATTERNS)), str(rng.choice(PLACES)))
        for _ in range(3)
    ]
    action = str(rng.choice(ACTIONS))
    key = str(rng.choice(["models/live/v3.onnx", "models/old/v1.onnx", "raw/day.csv"]))
    fit = {effect for effect, pattern, place in rules if fnmatchcase(action, pattern) and fnmatchcase(key, place)}
    outcome = "denied" if "Deny" in fit else "allowed" if fit else "silent"
    rows = "\n".join(f"| {effect} | `{pattern}` | `bucket/{place}` |" for effect, pattern, place in rules)
    wrong = [(text, MIXED[name]) for name, text in OUTCOMES.items() if name != outcome]
    wrong.append(("It depends on which of the statements stands first in the policy", MIXED["order"]))
    return choice(
        rng,
        stem=f"All policies that touch a service's role, in one account:\n\n| Effect | Action | Resource |\n| - | - | - |\n{rows}\n\n"
        f"May the service call `{action}` on `bucket/{key}`?",
        right=OUTCOMES[outcome], wrong=wrong,
        explanation="Without a statement the answer is no; an allow makes it yes; an explicit deny wins over every allow. Order does not matter.",
    )  # fmt: skip


def _check_policy(variant: Variant) -> None:
    rows = [
        line.replace("`", "").split("|")[1:4] for line in variant.stem.split("\n") if line.startswith(("| A", "| D"))
    ]
    action, key = variant.stem.split("May the service call `")[1].split("` on `bucket/")
    key = key.split("`")[0]

    def covers(pattern: str, value: str) -> bool:
        head, star, _ = pattern.partition("*")
        return value.startswith(head) if star else value == pattern

    held = [
        row[0].strip()
        for row in rows
        if covers(row[1].strip(), action) and covers(row[2].strip().removeprefix("bucket/"), key)
    ]
    word = "a statement denies" if "Deny" in held else "a statement allows" if held else "no statement speaks"
    require(holds=word in chosen_text(variant), what="default no, allow, explicit deny")
    require(holds=held.count("Deny") == 0 or "whatever others allow" in chosen_text(variant), what="deny wins")


def _storage(rng: np.random.Generator) -> Variant:
    size, read = int(rng.choice([500, 1000, 2000, 4000])), int(rng.choice([5, 10, 20, 50]))
    near, far, fetch = 23, int(rng.choice([10, 12, 13])), int(rng.choice([10, 20, 30]))
    gain = size * (near - far) / 1000 - size * read / 100 * fetch / 1000
    return number(
        stem=f"Standard storage costs {near} $ for 1000 GB a month, the class for rare access {far} $, and there every 1000 GB that are read cost {fetch} $ "
        f"more. A team keeps {size} GB and reads {read} % of it each month. How many dollars a month does it **save** by moving? (A loss is negative.)",
        value=gain, tolerance_abs=0.06,
        explanation="What is kept is cheaper, what is read is dearer; whether it pays follows from how much is read, not from the price of a gigabyte.",
    )  # fmt: skip


def _check_storage(variant: Variant) -> None:
    near, _, far, _, fetch, size, read = numbers_in(variant.stem)
    before, after = size / 1000 * near, size / 1000 * (far + read / 100 * fetch)
    require(holds=abs(before - after - value_of(variant)) < 1e-9, what="two bills")


def _notice(rng: np.random.Generator) -> Variant:
    speed, spare = int(rng.choice([100, 150, 200, 250, 400])), int(rng.choice([15, 20, 30, 40]))
    return number(
        stem=f"A training job runs on a spot instance. When the usual notice of interruption comes, it takes {spare} s to stop the step that runs; then a "
        f"checkpoint is written at {speed} MB/s. How large, **in GB** (of 1000 MB), may the checkpoint be to be written in time?",
        value=(120 - spare) * speed / 1000, tolerance_rel=0.01, unit="GB",
        explanation="The notice comes two minutes before. What does not fit must be written beforehand, at intervals: then an interruption costs half an "
        "interval on average.",
    )  # fmt: skip


def _check_notice(variant: Variant) -> None:
    spare, speed = numbers_in(variant.stem)[:2]
    written = 0.0
    for second in range(120):
        written += speed if second >= spare else 0
    require(holds=abs(written / 1000 - value_of(variant)) < 1e-9, what="second by second")


FAMILIES = (
    family(
        id="aws/policy", title="What policies allow together", kind=Kind.SINGLE, level=3, expected_s=75, loadings={"aws": 1.0},
        make=_policy, verify=_check_policy, source="Own work, after the IAM user guide, Policy evaluation logic",
    ),
    family(
        id="aws/rare-access", title="When storage for rare access pays", kind=Kind.NUMERIC, level=2, expected_s=100,
        loadings={"aws": 1.0}, make=_storage, verify=_check_storage, source="Own work; the prices stand in the question",
    ),
    family(
        id="aws/interruption-notice", title="A checkpoint before the machine goes", kind=Kind.NUMERIC, level=3, expected_s=75,
        loadings={"aws": 1.0, "mlops": 0.4}, make=_notice, verify=_check_notice,
        source="Own work, after the EC2 user guide, Spot Instance interruption notices",
    ),
)  # fmt: skip
