"""Google Cloud: what a query reads of a table, what cold storage charges at least."""

from functools import partial

import numpy as np

from assay.itembank.making import number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="google_cloud", licence="Apache-2.0")
LEAST_DAYS = {"Nearline": 30, "Coldline": 90, "Archive": 365}


def _scanned(rng: np.random.Generator) -> Variant:
    days, rows = int(rng.choice([90, 180, 365])), int(rng.choice([10, 20, 50]))
    columns = int(rng.choice([8, 20, 40]))
    asked, last, limit = int(rng.integers(1, 4)), int(rng.choice([1, 7, 14])), int(rng.choice([10, 100, 1000]))
    return number(
        stem=f"A BigQuery table is partitioned by day: {days} days, {rows} million rows each, {columns} columns of 8 bytes. A query selects {asked} of "
        f"the columns (the partition's date is none of them), filters the date to the last {last} days and ends with `LIMIT {limit}`. How many **MB** (of a million "
        "bytes) does it read?",
        value=rows * last * asked * 8, unit="MB",
        explanation="Storage lies by column and partition: only the columns that are named and the days that are filtered are read. LIMIT cuts what is "
        "shown and saves nothing.",
    )  # fmt: skip


def _check_scanned(variant: Variant) -> None:
    days, rows, columns, _, asked, last, _ = (int(one) for one in numbers_in(variant.stem)[:7])
    table = np.zeros((days, columns), dtype=np.int64) + rows * 8
    read = table[days - last :, :asked].sum()
    require(holds=int(read) == value_of(variant), what="adding up partitions by columns")


def _least_days(rng: np.random.Generator) -> Variant:
    name = str(rng.choice(list(LEAST_DAYS)))
    least = LEAST_DAYS[name]
    size, price = int(rng.choice([10, 30, 60])), int(rng.choice([2, 4, 10]))
    days = int(rng.choice([least // 3, least // 2, least + 30, least + 60]))
    return number(
        stem=f"{size} TB lie in Cloud Storage's class {name} at {price} $ a TB and month (of 30 days) and are **overwritten** after {days} days by newer "
        "files. What does storing the first files cost in dollars?",
        value=size * price * max(days, least) / 30, tolerance_rel=0.005,
        explanation=f"{name} is charged for at least {least} days, also where an object is replaced or moved before: data that change often do not belong "
        "there.",
    )  # fmt: skip


def _check_least_days(variant: Variant) -> None:
    size, price, _, days = numbers_in(variant.stem)
    least = next(value for name, value in LEAST_DAYS.items() if name in variant.stem)
    charged = sum(1 for day in range(1000) if day < days or day < least)
    require(holds=abs(size * price * charged / 30 - value_of(variant)) < 1e-9, what="day by day")


FAMILIES = (
    family(
        id="google_cloud/bytes-read", title="What a query reads of a table", kind=Kind.NUMERIC, level=3, expected_s=100,
        loadings={"google_cloud": 1.0, "data_warehousing": 0.7}, make=_scanned, verify=_check_scanned,
        source="Own work, after the BigQuery documentation, Introduction to partitioned tables",
    ),
    family(
        id="google_cloud/least-days", title="What cold storage charges at least", kind=Kind.NUMERIC, level=3, expected_s=80,
        loadings={"google_cloud": 1.0}, make=_least_days, verify=_check_least_days,
        source="Own work, after the Cloud Storage documentation, Storage classes",
    ),
)  # fmt: skip
