"""Models in use: drift, load, releases and images."""

import math

import numpy as np

from assay.itembank.making import choice, chosen_text, number, order, require
from assay.itembank.model import Family, Kind, NumberKey, OrderKey, Variant

SOURCE = "Own work, after what practitioners agree on"
LICENCE = "Apache-2.0"


def _psi(rng: np.random.Generator) -> Variant:
    first = int(rng.integers(5, 9))
    second = int(rng.integers(2, 5))
    before, after = (first / 10, 1 - first / 10), (second / 10, 1 - second / 10)
    value = sum((b - a) * math.log(b / a) for a, b in zip(before, after, strict=True))
    return number(
        stem="A feature has two bins:\n\n| | A | B |\n| - | - | - |\n"
        f"| in training | {before[0]:.1f} | {before[1]:.1f} |\n| this week | {after[0]:.1f} | {after[1]:.1f} |\n\n"
        "What is the **population stability index**, $`\\sum_b (q_b - p_b) \\ln(q_b / p_b)`$ over the bins, p in training and q this week?",
        value=value, tolerance_abs=0.011,
        explanation=f"It is {value:.2f}; above about 0.25 a shift is usually called large. Both bins add, since both factors change sign "
        "together.",
    )  # fmt: skip


def _check_psi(variant: Variant) -> None:
    rows = [line.strip("|").split("|")[1:] for line in variant.stem.split("\n") if line.startswith(("| in", "| this"))]
    old, new = np.array(rows, dtype=float)
    both_ways = float((old * np.log(old / new)).sum() + (new * np.log(new / old)).sum())
    assert isinstance(variant.key, NumberKey)
    require(holds=abs(both_ways - variant.key.value) < 1e-9, what="divergence in both directions")


def _replicas(rng: np.random.Generator) -> Variant:
    rate, each_ms, workers = (
        int(rng.choice([120, 200, 300, 450])),
        int(rng.choice([40, 50, 80, 100])),
        int(rng.choice([2, 4])),
    )
    load = int(rng.choice([50, 60, 75]))
    need = math.ceil(rate * each_ms / 1000 / (workers * load / 100) - 1e-9)
    return number(
        stem=f"A model takes {each_ms} ms of one worker for a request, {rate} requests come each second, and a replica has {workers} "
        f"workers that should be busy at most {load} % of the time. How many **replicas** are needed?",
        value=need,
        explanation=f"{rate} · {each_ms / 1000:g} s = {rate * each_ms / 1000:g} workers busy on average; each replica may give "
        f"{workers * load / 100:g}. Rounded up.",
    )  # fmt: skip


def _check_replicas(variant: Variant) -> None:
    words = variant.stem.split()
    each_ms, rate = int(words[3]), int(words[words.index("requests") - 1])
    workers, load = int(words[words.index("has") + 1]), int(words[words.index("most") + 1])
    assert isinstance(variant.key, NumberKey)

    def is_enough(replicas: float) -> bool:
        return rate * each_ms * 100 <= replicas * workers * load * 1000

    require(
        holds=is_enough(variant.key.value) and not is_enough(variant.key.value - 1), what="enough, and not one too many"
    )


def _drift_without_labels(rng: np.random.Generator) -> Variant:
    weeks = int(rng.integers(4, 13))
    product = str(rng.choice(["loan", "insurance claim", "returned parcel", "subscription"]))
    return choice(
        rng,
        stem=f"Whether a {product} went wrong is known {weeks} weeks after the model's decision. What can tell **today** that the model may "
        "be off?",
        right="The distributions of inputs and scores beside those of training",
        wrong=[
            (
                f"The area under the ROC curve of today's decisions, {weeks} weeks early",
                "a metric of outcomes needs no outcomes",
            ),
            (
                "The training loss, since it would have risen with a drift",
                "a fixed model's training loss changes in use",
            ),
            ("The share of requests that were answered with the status 200", "a healthy service has a healthy model"),
        ],
        explanation="Without outcomes only what goes in and comes out can be watched. A shift there is a prompt to look, no proof: some "
        "shifts do no harm, and some harm shows no shift.",
    )


def _check_drift_without_labels(variant: Variant) -> None:
    rng = np.random.default_rng(12)
    train, now = rng.normal(0, 1, 4000), rng.normal(0.8, 1, 4000)
    scores = [1 / (1 + np.exp(-values)) for values in (train, now)]
    require(holds=abs(float(scores[0].mean() - scores[1].mean())) > 0.1, what="a shift of inputs shows in the scores")
    require(holds=chosen_text(variant).startswith("The distributions"), what="the right option")


def _canary(rng: np.random.Generator) -> Variant:
    share = int(rng.choice([1, 2, 5, 10]))
    what = str(rng.choice(["a new ranking model", "a new fraud model", "a new model of prices"]))
    return order(
        rng,
        stem=f"Put the steps of a careful release of {what} in order, the first one first.",
        lines=[
            "Evaluate it offline on held-out data", "Run it in the shadow: it answers, and nobody sees it",
            f"Give it {share} % of the traffic and compare", "Give it all traffic, the former model ready to return",
        ],
        explanation="Each step risks a little more than the one before, and each can end it. A way back stays open to the last.",
    )  # fmt: skip


def _check_canary(variant: Variant) -> None:
    assert isinstance(variant.key, OrderKey)
    texts = {one.id: one.text for one in variant.options}
    seen = {"Evaluate": 0.0, "Run": 0.0, "Give": 0.0}
    shares = [100.0 if "all" in texts[one] else float(texts[one].split()[2]) if "%" in texts[one] else seen[texts[one].split()[0]]
              for one in variant.key.ids]  # fmt: skip
    require(
        holds=shares == sorted(shares) and texts[variant.key.ids[0]].startswith("Evaluate"),
        what="exposed users only grow",
    )


def _docker_cache(rng: np.random.Generator) -> Variant:
    file = str(rng.choice(["requirements.txt", "pyproject.toml", "requirements.lock"]))
    script = str(rng.choice(["serve.py", "score.py", "train.py"]))
    command = f"pip install -r {file}" if file != "pyproject.toml" else "pip install ."
    lines = ["FROM python:3.11-slim", "WORKDIR /app", "COPY . .", f"RUN {command}", f'CMD ["python", "{script}"]']
    return choice(
        rng,
        stem="```dockerfile\n"
        + "\n".join(lines)
        + f"\n```\n\nEvery change of a line in `{script}` makes the build install all packages "
        "again. What mends it?",
        right=f"Copy `{file}` and install before the rest is copied",
        wrong=[
            ("Put `WORKDIR` after the last `COPY` of the file", "a working directory decides what is cached"),
            ("Put `CMD` before the install so that it is cached", "the order of CMD decides what is cached"),
            ("Join `COPY` and `RUN` by building with one layer", "fewer layers are reused better"),
        ],
        explanation="A layer is built again when it or one before it changes. `COPY . .` changes with every file; what changes seldom "
        "belongs before it.",
    )


def _check_docker_cache(variant: Variant) -> None:
    lines = variant.stem.split("```dockerfile\n")[1].split("\n```")[0].split("\n")

    def reinstalls(steps: list[str]) -> bool:
        changed = False
        for step in steps:  # a change of serve.py: layers that copy everything change, and all after them
            changed = changed or step == "COPY . ."
            if step.startswith("RUN pip"):
                return changed
        return False

    mended = [lines[0], lines[1], "COPY requirements.txt .", lines[3], lines[2], lines[4]]
    moved = [lines[0], lines[2], lines[1], lines[3], lines[4]]
    require(holds=reinstalls(lines) and reinstalls(moved) and not reinstalls(mended), what="layers after a change")
    require(holds=chosen_text(variant).endswith("before the rest is copied"), what="the right option")


FAMILIES = (
    Family(
        id="operations/stability-index", title="Population stability index", domain="operations",
        loadings={"monitoring_drift": 1.0}, kind=Kind.NUMERIC, level=3, expected_s=110, source=SOURCE, licence=LICENCE,
        make=_psi, verify=_check_psi,
    ),
    Family(
        id="operations/replicas", title="How many replicas a load needs", domain="operations",
        loadings={"deployment": 1.0, "mlops": 0.5}, kind=Kind.NUMERIC, level=3, expected_s=100, source=SOURCE, licence=LICENCE,
        make=_replicas, verify=_check_replicas,
    ),
    Family(
        id="operations/late-labels", title="Watching a model whose outcomes come late", domain="operations",
        loadings={"monitoring_drift": 1.0, "mlops": 0.6}, kind=Kind.SINGLE, level=2, expected_s=60, source=SOURCE,
        licence=LICENCE, make=_drift_without_labels, verify=_check_drift_without_labels,
    ),
    Family(
        id="operations/careful-release", title="Steps of a careful release", domain="operations",
        loadings={"deployment": 0.9, "mlops": 0.9}, kind=Kind.ORDER, level=2, expected_s=60, source=SOURCE, licence=LICENCE,
        make=_canary, verify=_check_canary, is_pilot=True,
    ),
    Family(
        id="operations/image-layers", title="Layers of an image that are built again", domain="operations",
        loadings={"docker_kubernetes": 1.0, "deployment": 0.5}, kind=Kind.SINGLE, level=2, expected_s=75, source=SOURCE,
        licence=LICENCE, make=_docker_cache, verify=_check_docker_cache,
    ),
)  # fmt: skip
