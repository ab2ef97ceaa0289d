from collections.abc import Callable

import pytest

from assay.competencies.own import Definition, OwnTerm

LEVELS = (
    "Opens a given table, runs the query that a colleague wrote, and says what came out.",
    "Writes simple selections over one day of ticks and joins them after an example.",
    "Partitions and sorts a table so that a query over a month answers within a second.",
    "Finds why a load is slow, splits processes, and keeps the store up while it changes.",
    "Lays out the store for a trading floor and teaches others when not to use it.",
)


def definition(**changes: object) -> Definition:
    """Make an own competency that passes every check; ``changes`` replace fields."""
    fields: dict[str, object] = {
        "name": "Time-series database kdb+",
        "family": "data",
        "summary": "Stores and queries ticks in kdb+.",
        "kind": "tool",
        "levels": LEVELS,
        "implies": ("sql",),
        "methods": ("claim", "interview"),
        "terms": (
            OwnTerm(name="kdb+", aliases=("kdb database",), is_tool=True, is_case_sensitive=True),
            OwnTerm(name="Quuxbase", is_tool=True, released="2019-04", released_source="https://quuxbase.example/news"),
        ),
    }
    return Definition(**(fields | changes))  # type: ignore[arg-type]


@pytest.fixture
def make_definition() -> Callable[..., Definition]:
    return definition
