"""Parts of a file of SQL are called like functions, each on a database of its own."""

import shutil

import pytest
from msgspec.structs import replace

from tests.assay_runner.boxes import LIMITS, step_of_calls, values_of

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
SCHEMA = "CREATE TABLE sales (shop TEXT, amount INTEGER);"
TABLES = {"sales": [["a", 1], ["a", 2], ["b", None]]}


def called(text, *calls):
    step = step_of_calls("sql", {"solution.sql": text}, "solution.sql", *calls)
    return values_of(step) or [step.status.value]


def test_parts_yield_their_last_statement_with_column_names():
    text = "-- name: total\nSELECT shop, sum(amount) AS paid\nFROM sales GROUP BY shop ORDER BY shop;\n-- name: more\n"
    text += "SELECT count(*) AS n FROM sales WHERE amount >= :least -- a; b"
    assert called(text, ("total", SCHEMA, TABLES), ("more", SCHEMA, TABLES, {"least": 2})) == [
        {"columns": ["shop", "paid"], "rows": [["a", 3], ["b", None]]},
        {"columns": ["n"], "rows": [[1]]},
    ]


def test_each_call_has_a_database_of_its_own():
    text = "DELETE FROM sales WHERE amount = 1;"
    count = "SELECT count(*) AS n FROM sales"
    asked = (("assay:after", "solution", count, SCHEMA, TABLES), ("assay:after", "solution", count, SCHEMA, TABLES, 3))
    assert called(text, *asked) == [{"columns": ["n"], "rows": [[2]]}] * 2


def test_triggers_are_one_statement():
    text = "CREATE TRIGGER t AFTER INSERT ON sales BEGIN DELETE FROM sales WHERE shop = 'a'; SELECT 1; END;"
    text += "INSERT INTO sales VALUES ('c', 9);"
    shops = called(text, ("assay:after", "solution", "SELECT shop FROM sales", SCHEMA, TABLES))
    assert shops == [{"columns": ["shop"], "rows": [["b"], ["c"]]}]


def test_plan_names_tables_that_are_read_from_end_to_end():
    query = "SELECT * FROM sales WHERE shop = 'a'"
    asked = ("assay:scanned", "solution", query, SCHEMA, TABLES)
    assert called("SELECT 1;", asked) == [["sales"]]
    assert called("CREATE INDEX by_shop ON sales (shop);", asked) == [[]]


@pytest.mark.parametrize(
    ("text", "error"),
    [
        ("ATTACH DATABASE '/tmp/x' AS x;", "DatabaseError"),
        ("VACUUM INTO '/tmp/x';", "DatabaseError"),
        ("SELECT load_extension('/tmp/x');", "OperationalError"),
        ("SELECT readfile('/etc/passwd');", "OperationalError"),
        ("SELEC 1;", "OperationalError"),
        ("-- name: other\nSELECT 1;", "NoSuchPartError"),
    ],
)
def test_files_and_mistakes_are_refused(text, error):
    assert called(text, ("solution", SCHEMA, TABLES)) == [error]


def test_endless_query_uses_up_its_time():
    text = "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT count(*) FROM n;"
    step = step_of_calls(
        "sql", {"solution.sql": text}, "solution.sql", ("solution",), limits=replace(LIMITS, cpu_s=0.5)
    )
    assert step.status == "CPU"
