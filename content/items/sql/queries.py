"""Queries to be read; the answer is what a database gives for them."""

import re
import sqlite3

import numpy as np

from assay.itembank.making import choice, chosen_text, require
from assay.itembank.model import Family, Kind, NumberKey, Variant

SOURCE = "Own work; every answer is what running the query gives"
LICENCE = "Apache-2.0"


def _tables(text: str) -> dict[str, tuple[list[str], list[list[str]]]]:
    """Yield the tables of a stem: name → (columns, rows); a table stands under a line such as ``Table `orders` ``."""
    found = {}
    for name, body in re.findall(r"`(\w+)`:\n\n((?:\|.*\n?)+)", text):
        rows = [[cell.strip() for cell in line.strip().strip("|").split("|")] for line in body.strip().split("\n")]
        found[name] = (rows[0], rows[2:])
    return found


def _result(text: str) -> list[tuple[object, ...]]:
    """Yield what the query of a stem gives over its tables, in a database of its own."""
    base = sqlite3.connect(":memory:")
    for name, (columns, rows) in _tables(text).items():
        base.execute(f"CREATE TABLE {name} ({', '.join(columns)})")
        for row in rows:
            values = [None if cell == "NULL" else int(cell) if cell.lstrip("-").isdigit() else cell for cell in row]
            base.execute(f"INSERT INTO {name} VALUES ({', '.join('?' * len(row))})", values)  # noqa: S608 -- our own names
    found = base.execute(text.split("```sql\n")[1].split("```", maxsplit=1)[0]).fetchall()
    base.close()
    return found


def _table(name: str, columns: str, rows: list[tuple[object, ...]]) -> str:
    heads = columns.split()
    lines = ["| " + " | ".join("NULL" if cell is None else str(cell) for cell in row) + " |" for row in rows]
    return f"`{name}`:\n\n| {' | '.join(heads)} |\n|{' - |' * len(heads)}\n" + "\n".join(lines)


def _left_join(rng: np.random.Generator) -> Variant:
    users = [(number, str(name)) for number, name in enumerate(rng.permutation(["ada", "bo", "cy", "di"]), 1)]
    owners = [int(one) for one in rng.integers(1, 4, 4)]
    owners.append(int(rng.integers(5, 9)))
    orders = [(10 + place, owner) for place, owner in enumerate(owners)]
    matched = sum(owner <= 4 for owner in owners)
    without = sum(number not in owners for number, _ in users)
    stem = (
        f"{_table('users', 'id name', users)}\n\n{_table('orders', 'id user_id', orders)}\n\n"
        "How many rows does this query give?\n\n"
        "```sql\nSELECT users.name, orders.id\nFROM users LEFT JOIN orders ON orders.user_id = users.id\n```"
    )
    return Variant(
        family="", seed=0, kind=Kind.READING, stem=stem, key=NumberKey(value=float(matched + without)),
        explanation=f"{matched} rows for orders of known users and one for each of the {without} users without an order. "
        "The order of an unknown user is not there.",
    )  # fmt: skip


def _check_rows(variant: Variant) -> None:
    assert isinstance(variant.key, NumberKey)
    require(holds=len(_result(variant.stem)) == variant.key.value, what="rows of the result")


def _nulls(rng: np.random.Generator) -> Variant:
    values = [int(one) for one in rng.integers(1, 9, 4)]
    rows: list[tuple[object, ...]] = [(place, value) for place, value in enumerate([*values, None, None], 1)]
    rows = [(place, rows[old][1]) for place, old in enumerate(rng.permutation(6), 1)]
    total = sum(values)
    return choice(
        rng,
        stem=f"{_table('runs', 'id loss', rows)}\n\nWhat does this give?\n\n```sql\nSELECT COUNT(*) - COUNT(loss), SUM(loss)\nFROM runs\n```",
        right=f"`2, {total}`",
        wrong=[
            (f"`0, {total}`", "COUNT(column) counts rows instead of values that are there"),
            ("`2, NULL`", "a sum with a NULL in it is NULL"),
            ("`0, NULL`", "aggregates do not pass over NULL"),
        ],
        explanation="COUNT(column) and SUM pass over NULL; COUNT(*) counts rows.",
    )


def _check_row(variant: Variant) -> None:
    found = ", ".join(
        "NULL" if cell is None else f"{cell:g}" if isinstance(cell, float) else str(cell)
        for cell in _result(variant.stem)[0]
    )
    require(holds=chosen_text(variant).strip("`") == found, what="the one row of the result")


def _fan_out(rng: np.random.Generator) -> Variant:
    amounts = [int(one) * 10 for one in rng.integers(2, 9, 2)]
    items = [1, 1, 2] if rng.random() < 0.5 else [1, 2, 2, 2]
    total = sum(amounts[order - 1] for order in items)
    return choice(
        rng,
        stem=f"{_table('orders', 'id amount', [(1, amounts[0]), (2, amounts[1])])}\n\n"
        f"{_table('items', 'order_id sku', [(order, f's{place}') for place, order in enumerate(items)])}\n\n"
        "What does this give?\n\n```sql\nSELECT SUM(orders.amount)\nFROM orders JOIN items ON items.order_id = orders.id\n```",
        right=f"`{total}`: the amount of an order comes once for each of its items",
        wrong=[
            (
                f"`{sum(amounts)}`: each order is summed once, whatever it is joined with",
                "a join keeps one row for each order",
            ),
            (f"`{len(items)}`: a join makes a sum count the rows that match", "SUM counts rows"),
            (
                f"`{max(amounts)}`: of rows that match several times only the last is kept",
                "a join keeps the last match",
            ),
        ],
        explanation="The join has a row for each item. Sum before joining, or from the orders alone.",
    )


def _check_first_number(variant: Variant) -> None:
    require(
        holds=chosen_text(variant).split("`")[1] == str(_result(variant.stem)[0][0]), what="the number of the result"
    )


def _having(rng: np.random.Generator) -> Variant:
    names = [str(one) for one in rng.choice(["a", "b", "c"], 8)]
    rows = [(name, int(value)) for name, value in zip(names, rng.integers(1, 10, 8), strict=True)]
    least, most = int(rng.integers(3, 6)), int(rng.integers(2, 4))
    counts = {name: sum(one == name and value >= least for one, value in rows) for name in "abc"}
    return Variant(
        family="", seed=0, kind=Kind.READING,
        stem=f"{_table('events', 'kind size', rows)}\n\nHow many rows does this query give?\n\n"
        f"```sql\nSELECT kind\nFROM events\nWHERE size >= {least}\nGROUP BY kind\nHAVING COUNT(*) >= {most}\n```",
        key=NumberKey(value=float(sum(count >= most for count in counts.values()))),
        explanation=f"WHERE drops single rows first; of the groups that are left, those with {most} rows or more stay.",
    )  # fmt: skip


def _window(rng: np.random.Generator) -> Variant:
    sizes = [int(one) for one in rng.choice(np.arange(1, 40), 3, replace=False)]
    sizes.append(sizes[0] + sizes[1] + int(rng.integers(1, 9)))  # so that no two sums of the options agree
    days = [(day, size) for day, size in enumerate(sizes, 1)]
    return choice(
        rng,
        stem=f"{_table('sales', 'day size', days)}\n\nWhich number stands in the row of day 3?\n\n"
        "```sql\nSELECT SUM(size) OVER (ORDER BY day)\nFROM sales\nORDER BY day\nLIMIT 1 OFFSET 2\n```",
        right=f"{sum(sizes[:3])}",
        wrong=[
            (f"{sum(sizes)}", "a window without bounds runs over all rows, ORDER BY or not"),
            (f"{sizes[2]}", "a window function sees its own row only"),
            (f"{sum(sizes[2:])}", "a window runs from the row to the end"),
        ],
        explanation="With ORDER BY and no frame a window runs from the first row to the present one.",
    )


def _check_window(variant: Variant) -> None:
    require(holds=int(chosen_text(variant)) == _result(variant.stem)[0][0], what="the number of the result")


FAMILIES = (
    Family(
        id="sql/left-join-rows", title="Rows of a left join", domain="sql", loadings={"sql": 1.0}, kind=Kind.READING, level=2,
        expected_s=90, source=SOURCE, licence=LICENCE, make=_left_join, verify=_check_rows,
    ),
    Family(
        id="sql/nulls-in-aggregates", title="NULL in counts and sums", domain="sql", loadings={"sql": 1.0}, kind=Kind.SINGLE,
        level=2, expected_s=60, source=SOURCE, licence=LICENCE, make=_nulls, verify=_check_row,
    ),
    Family(
        id="sql/sum-after-a-join", title="A sum over a join that multiplies rows", domain="sql", loadings={"sql": 1.0},
        kind=Kind.SINGLE, level=3, expected_s=75, source=SOURCE, licence=LICENCE, make=_fan_out, verify=_check_first_number,
    ),
    Family(
        id="sql/where-and-having", title="WHERE, groups and HAVING", domain="sql", loadings={"sql": 1.0}, kind=Kind.READING,
        level=2, expected_s=100, source=SOURCE, licence=LICENCE, make=_having, verify=_check_rows,
    ),
    Family(
        id="sql/running-sum", title="A window with an order and no frame", domain="sql", loadings={"sql": 1.0},
        kind=Kind.SINGLE, level=4, expected_s=75, source=SOURCE, licence=LICENCE, make=_window, verify=_check_window,
    ),
)  # fmt: skip
