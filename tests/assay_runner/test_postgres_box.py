"""Parts of a file of SQL run on a PostgreSQL server of the box's own, as a role that may do little."""

import shutil

import pytest
from msgspec.structs import replace

from tests.assay_runner.boxes import LIMITS, step_of_calls, values_of

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
SCHEMA = "CREATE TABLE sales (shop text, amount numeric, day date)"
TABLES = {"sales": [["a", 1.5, "2026-01-05"], ["a", 2, "2026-01-06"], ["b", None, None]]}
PARTS = """\
-- name: total
SELECT shop, sum(amount) AS paid, max(day) AS last FROM sales GROUP BY shop ORDER BY shop;
-- name: least
SELECT count(*) AS n FROM sales WHERE amount >= current_setting('assay.least')::numeric;
-- name: clear
DELETE FROM sales WHERE shop = 'b'; CREATE INDEX ON sales (shop);
-- name: program
COPY sales FROM PROGRAM 'echo x';
-- name: file
SELECT pg_read_file('/etc/passwd');
-- name: rise
SET SESSION AUTHORIZATION judge;
-- name: wrong
SELEC 1;
"""


def test_parts_are_queries_of_an_ordinary_role():
    count = "SELECT count(*) AS n FROM sales"
    by_shop = "SELECT * FROM sales WHERE shop = 'a'"
    calls = [
        ("total", SCHEMA, TABLES), ("least", SCHEMA, TABLES, {"least": 2}),
        ("assay:after", "clear", count, SCHEMA, TABLES),
        ("assay:scanned", "total", by_shop, SCHEMA, TABLES), ("assay:scanned", "clear", by_shop, SCHEMA, TABLES),
        ("program", SCHEMA), ("file",), ("rise",), ("wrong",), ("absent",),
    ]  # fmt: skip
    step = step_of_calls("postgres", {"a.sql": PARTS}, "a.sql", *calls, limits=replace(LIMITS, scratch_mib=256))
    assert values_of(step) == [
        {"columns": ["shop", "paid", "last"], "rows": [["a", 3.5, "2026-01-06"], ["b", None, None]]},
        {"columns": ["n"], "rows": [[1]]}, {"columns": ["n"], "rows": [[2]]}, ["sales"], [],
        "InsufficientPrivilege", "InsufficientPrivilege", "InsufficientPrivilege", "SyntaxError", "NoSuchPartError",
    ]  # fmt: skip
