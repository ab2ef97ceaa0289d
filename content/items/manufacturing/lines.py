"""Models on production lines: parts seen again, rows before a failure, alarms of sound machines."""

import math
from functools import partial

import numpy as np

from assay.itembank.making import number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="manufacturing", licence="Apache-2.0")


def _second_look(rng: np.random.Generator) -> Variant:
    parts, bad = int(rng.choice([10_000, 20_000, 50_000])), int(rng.choice([2, 4, 5, 10]))
    found, alarms = int(rng.choice([90, 95, 98])), int(rng.choice([1, 2, 3, 5]))
    faulty = parts * bad // 1000
    return number(
        stem=f"A line makes {parts} parts a day; {bad} in 1000 are faulty. A camera stops {found} % of the faulty ones and {alarms} % of the "
        "sound ones. How many parts a day must people **look at again**?",
        value=faulty * found / 100 + (parts - faulty) * alarms / 100, tolerance_abs=1,
        explanation="Faulty parts that were stopped and sound ones that were: where faults are rare nearly all of the work comes from the "
        "sound ones, so the rate of false alarms decides whether the camera pays.",
    )  # fmt: skip


def _check_second_look(variant: Variant) -> None:
    parts, bad, _, found, alarms = numbers_in(variant.stem)
    stopped = parts * (bad / 1000 * found / 100 + (1 - bad / 1000) * alarms / 100)
    require(holds=abs(stopped - value_of(variant)) < 1e-6, what="share of all parts that is stopped")


def _rows_before_failure(rng: np.random.Generator) -> Variant:
    every, hours = int(rng.choice([5, 10, 15, 30])), int(rng.choice([6, 12, 24, 48]))
    failures = int(rng.integers(3, 12))
    days = int(rng.choice([90, 180, 365]))
    return number(
        stem=f"A machine sends a row each {every} minutes for {days} days and fails {failures} times, weeks apart. Rows in the {hours} hours "
        "before a failure are labelled positive. How many **per cent of the rows** are positive?",
        value=100 * failures * hours / (days * 24), tolerance_rel=0.02, unit="%",
        explanation=f"{failures} · {hours} of {days * 24} hours: how often a row comes does not matter. But they are {failures} events and not "
        "that many independent positives, and a split must keep each event whole.",
    )  # fmt: skip


def _check_rows_before_failure(variant: Variant) -> None:
    every, days, failures, hours = numbers_in(variant.stem)
    total = int(days * 24 * 60 / every)
    is_positive = np.zeros(total, dtype=bool)
    for place in np.linspace(total / (failures + 1), total * failures / (failures + 1), int(failures)).astype(int):
        is_positive[place - int(hours * 60 / every) : place] = True
    require(holds=abs(100 * is_positive.mean() - value_of(variant)) < 0.01, what="labelling every row")


def _false_alarms(rng: np.random.Generator) -> Variant:
    width = float(rng.choice([2.0, 2.5, 3.0]))
    sensors = int(rng.choice([20, 40, 50]))
    each = int(rng.choice([24, 48, 96, 144]))
    rate = math.erfc(width / math.sqrt(2))
    return number(
        stem=f"Each of {sensors} sensors is read {each} times a day. An alarm rings where a reading lies more than {width:g} standard deviations "
        "from the mean. All machines are sound and readings normal. How many alarms are **expected a day**? "
        "(Beyond 2, 2.5 and 3 standard deviations lie 4.55 %, 1.24 % and .27 %.)",
        value=sensors * each * rate, tolerance_rel=0.02,
        explanation=f"{sensors * each} readings times {100 * rate:.2f} %. Many looks make rare values daily ones: limits must know how often one looks.",
    )  # fmt: skip


def _check_false_alarms(variant: Variant) -> None:
    sensors, each, width = numbers_in(variant.stem)[:3]
    edges = np.linspace(-width, width, 200_001)
    inside = float(np.trapezoid(np.exp(-(edges**2) / 2) / math.sqrt(2 * math.pi), edges))
    require(holds=abs(sensors * each * (1 - inside) - value_of(variant)) < 1e-3, what="area under the normal curve")


FAMILIES = (
    family(
        id="manufacturing/second-look", title="Parts that people look at again", kind=Kind.NUMERIC, level=2, expected_s=90,
        loadings={"domain_manufacturing": 1.0, "evaluation_metrics": 0.6}, make=_second_look, verify=_check_second_look,
        source="Own work, after what any course in quality control teaches",
    ),
    family(
        id="manufacturing/rows-before-a-failure", title="Positive rows of a machine that fails", kind=Kind.NUMERIC, level=3,
        loadings={"domain_manufacturing": 1.0, "validation_design": 0.5}, expected_s=90, make=_rows_before_failure,
        verify=_check_rows_before_failure, source="Own work, after what practitioners of predictive maintenance agree on",
    ),
    family(
        id="manufacturing/alarms-of-sound-machines", title="Alarms of machines that are sound", kind=Kind.NUMERIC, level=3,
        loadings={"domain_manufacturing": 0.9, "monitoring_drift": 0.7, "statistics": 0.5}, expected_s=90, make=_false_alarms,
        verify=_check_false_alarms, source="Own work, after Shewhart 1931, Economic Control of Quality",
    ),
)  # fmt: skip
