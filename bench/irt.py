"""Calibration, adaptive tests and the time that a choice of item takes, beside published and measured peers.

``python -m bench.irt --data FOLDER``; FOLDER may hold ``science.csv`` (Eurobarometer 1992, seven columns, 392 rows),
else that line is skipped. Everything else is simulated with fixed seeds.
"""

import argparse
import csv
import time
from pathlib import Path

import numpy as np

from assay.science.irt import (
    NO_CONTROL,
    Answer,
    Bank,
    Exposure,
    Items,
    Rules,
    calibrate,
    choose_item,
    expected_a_posteriori,
    next_step,
    normal_weights,
    short_form,
)

AREAS = "abcd"


def bank_of(*, count: int, seed: int) -> Bank:
    rng = np.random.default_rng(seed)
    items = Items.from_difficulties(
        discriminations=np.exp(0.2 + 0.3 * rng.normal(size=count)), difficulties=rng.normal(size=(count, 1))
    )
    content = [AREAS[index % 4] for index in range(count)]
    return Bank.from_items(items=items, content=content, responses=np.full(count, 1000))


def print_science(data: Path | None) -> None:
    table = data / "science.csv" if data else None
    if table is None or not table.exists():
        print("Science GRM: skipped, no science.csv in the data folder")
        return
    with table.open(encoding="utf-8") as lines:
        rows = list(csv.DictReader(lines))
    responses = np.array([[int(row[name]) - 1 for name in ("Comfort", "Work", "Future", "Benefit")] for row in rows])
    start = time.perf_counter()
    found = calibrate(responses=responses, prior=None)
    spent = 1e3 * (time.perf_counter() - start)
    print(f"Science GRM: log-likelihood {found.log_likelihood:.4f} (R ltm -1608.871), {spent:.0f} ms")
    print("  slopes", np.round(found.items.slopes, 3), "(ltm 1.041 1.226 2.299 1.094)")


def print_recovery() -> None:
    print("| people | RMSE a | RMSE b | EAP RMSE | 90 % covered | s |")
    print("|---|---|---|---|---|---|")
    for people in (200, 500, 1000):
        errors, seconds, scored = [], [], []
        for seed in range(1000, 1020):
            rng = np.random.default_rng(seed)
            slopes, places = np.exp(0.2 + 0.3 * rng.normal(size=30)), rng.normal(size=30)
            ability = rng.normal(size=people)
            chance = 1.0 / (1.0 + np.exp(-slopes * (ability[:, None] - places)))
            responses = (rng.random(chance.shape) < chance).astype(int)
            start = time.perf_counter()
            found = calibrate(responses=responses)
            seconds.append(time.perf_counter() - start)
            errors.append([found.items.slopes - slopes, found.items.difficulties[:, 0] - places])
            eap = expected_a_posteriori(items=found.items, responses=responses)
            scored.append([np.mean((eap.mean - ability) ** 2), np.mean(abs(eap.mean - ability) < 1.645 * eap.sd)])
        a, b = np.sqrt(np.mean(np.square(errors), axis=(0, 2)))
        error, covered = np.mean(scored, axis=0)
        print(f"| {people} | {a:.3f} | {b:.3f} | {np.sqrt(error):.3f} | {covered:.3f} | {np.mean(seconds):.2f} |")


def print_adaptive(people: int) -> None:
    quotas = dict.fromkeys(AREAS, 0.25)
    cases = [
        (60, "none", {}, NO_CONTROL),
        (100, "none", {}, NO_CONTROL),
        (300, "none", {}, NO_CONTROL),
        (300, "progressive", {}, Exposure()),
        (300, "randomesque-5", {}, Exposure(is_progressive=False, among=5)),
        (300, "content 4 x 25 %", quotas, NO_CONTROL),
        (300, "content + progressive", quotas, Exposure()),
        (300, "content + randomesque-5", quotas, Exposure(is_progressive=False, among=5)),
        (1000, "none", {}, NO_CONTROL),
    ]
    print("| bank | control | items mean / p90 | RMSE | most seen | never seen | overlap |")
    print("|---|---|---|---|---|---|---|")
    for size, name, shares, exposure in cases:
        bank, rng = bank_of(count=size, seed=7), np.random.default_rng(7)
        rules = Rules(max_items=60, shares=shares, exposure=exposure)
        lengths, errors, seen = [], [], np.zeros(size)
        for truth in rng.normal(size=people):
            answers: list[Answer] = []
            while True:
                step = next_step(
                    bank=bank, rules=rules, prior=normal_weights(), answers=answers, elapsed_s=0.0, rng=rng
                )
                if step.item is None:
                    break
                chance = 1.0 / (1.0 + np.exp(-bank.items.slopes[step.item] * truth - bank.items.intercepts[step.item]))
                answers.append(Answer(item=step.item, category=int(rng.random() < chance[0])))
                seen[step.item] += 1
            lengths.append(len(answers))
            errors.append(step.ability_mean - truth)
        rate = seen / people
        overlap = (rate @ rate) / np.mean(lengths)
        print(
            f"| {size} | {name} | {np.mean(lengths):.1f} / {np.percentile(lengths, 90):.0f} "
            f"| {np.sqrt(np.mean(np.square(errors))):.3f} | {rate.max():.2f} "
            f"| {np.mean(rate == 0):.2f} | {overlap:.2f} |"
        )


def print_forms(people: int) -> None:
    bank, rng = bank_of(count=100, seed=7), np.random.default_rng(11)
    ability = rng.normal(size=people)
    for length in (20, 30, 40):
        for name, form in (("best", short_form(bank=bank, length=length)), ("first", list(range(length)))):
            items = Items(slopes=bank.items.slopes[form], intercepts=bank.items.intercepts[form])
            chance = 1.0 / (1.0 + np.exp(-items.slopes * ability[:, None] - items.intercepts[:, 0]))
            responses = (rng.random(chance.shape) < chance).astype(int)
            error = expected_a_posteriori(items=items, responses=responses).mean - ability
            print(f"bank 100, {name} {length} items: RMSE {np.sqrt(np.mean(error**2)):.3f}")


def print_selection() -> None:
    for size, target in ((300, None), (1000, 0.2), (10_000, 2.0)):
        bank = bank_of(count=size, seed=3)
        weights, rng = normal_weights(mean=0.3, sd=0.6), np.random.default_rng(0)
        is_open = np.ones(size, dtype=np.bool_)
        times = []
        for _ in range(300):
            start = time.perf_counter()
            choose_item(bank=bank, weights=weights, is_open=is_open, given=5, exposure=Exposure(), rng=rng)
            times.append(time.perf_counter() - start)
        limit = f" (target {target})" if target else ""
        print(f"choice among {size} items: {1e3 * np.median(times):.3f} ms p50{limit}")


def print_catsim() -> None:
    try:
        from catsim.item_bank import ItemBank  # noqa: PLC0415 -- a peer that may not be installed
        from catsim.selection import MaxInfoSelector  # noqa: PLC0415 -- as above
    except ImportError:
        print("catsim: skipped, not installed; measured before on this machine: 1.6 / 25.7 ms at 1,000 / 10,000 items")
        return
    for size in (1000, 10_000):
        bank = bank_of(count=size, seed=3)
        table = np.column_stack((bank.items.slopes, bank.items.difficulties[:, 0], np.zeros(size), np.ones(size)))
        peer = ItemBank(table)
        times = []
        for _ in range(30):
            start = time.perf_counter()
            MaxInfoSelector().select(item_bank=peer, administered_items=[0, 1, 2], est_theta=0.3)
            times.append(time.perf_counter() - start)
        print(f"catsim MaxInfo among {size} items: {1e3 * np.median(times):.3f} ms p50")


def print_mirt() -> None:
    """Calibrate the same answers by PyPI's mirt, both without priors: parameters, likelihoods, times."""
    try:
        import mirt  # noqa: PLC0415 -- a peer that may not be installed
    except ImportError:
        print("mirt: skipped, not installed (pip install 'assay[calibrate]')")
        return
    for people, items in ((500, 30), (2000, 30)):
        rng = np.random.default_rng(people)
        slopes, places = np.exp(0.2 + 0.3 * rng.normal(size=items)), rng.normal(size=items)
        chance = 1.0 / (1.0 + np.exp(-slopes * (rng.normal(size=(people, 1)) - places)))
        responses = (rng.random(chance.shape) < chance).astype(int)
        start = time.perf_counter()
        ours = calibrate(responses=responses, prior=None)
        between = time.perf_counter()
        theirs = mirt.fit_mirt(responses, model="2PL", n_quadpts=61, tol=1e-6, compute_standard_errors=False)
        end = time.perf_counter()
        slope_gap = np.abs(ours.items.slopes - theirs.model.parameters["discrimination"]).max()
        place_gap = np.abs(ours.items.difficulties[:, 0] - theirs.model.parameters["difficulty"]).max()
        print(
            f"{people} people, {items} items: slopes within {slope_gap:.4f} of mirt, difficulties {place_gap:.4f}; "
            f"log-likelihood {ours.log_likelihood:.3f} (mirt {theirs.log_likelihood:.3f}); "
            f"{1e3 * (between - start):.0f} ms (mirt {1e3 * (end - between):.0f} ms)"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", type=Path)
    parser.add_argument("--people", type=int, default=1000)
    arguments = parser.parse_args()
    print_selection()
    print_catsim()
    print_mirt()
    print_science(arguments.data)
    print_recovery()
    print_adaptive(arguments.people)
    print_forms(4000)


if __name__ == "__main__":
    main()
