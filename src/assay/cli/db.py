"""``assay db``: back up, restore, upgrade and move the database."""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from contextlib import ExitStack
from pathlib import Path

from assay.cli.database import open_database

HELP = "back up, restore, upgrade or move the database"


class DatabaseCommandError(Exception):
    """A database command that cannot be done; the message says why and what is left as it was."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    actions = parser.add_subparsers(dest="action", required=True)
    backup_parser = actions.add_parser("backup", help="write everything, files included, into one file")
    backup_parser.add_argument("file", type=Path)
    restore_parser = actions.add_parser("restore", help="read such a file into an empty database")
    restore_parser.add_argument("file", type=Path)
    restore_parser.add_argument("--replace", action="store_true", help="drop what the database holds now")
    actions.add_parser("migrate", help="bring the schema to this version")
    upgrade_parser = actions.add_parser("upgrade", help="move the embedded cluster to the installed Postgres version")
    upgrade_parser.add_argument("--old-binaries", type=Path, metavar="FOLDER", help="the old Postgres's programs")
    upgrade_parser.add_argument("--remove-old", action="store_true", help="delete the cluster kept by an upgrade")
    move_parser = actions.add_parser("move", help="copy everything into a Postgres of your own")
    move_parser.add_argument("url", help="postgresql://user@host/name of an empty database")
    actions.add_parser("check-migrations", help="fail where models and migrations differ")
    actions.add_parser("url", help="print where the database answers")


def run(arguments: argparse.Namespace) -> int:
    """Run one action; a refusal is one line on standard error and exit code 1."""
    try:
        ACTIONS[arguments.action](arguments)
    except DatabaseCommandError as error:
        print(f"assay db {arguments.action}: {error}", file=sys.stderr)
        return 1
    return 0


def backup(arguments: argparse.Namespace) -> None:
    """Dump the database. The file appears in whole or not at all."""
    target: Path = arguments.file
    if not target.parent.is_dir():
        message = f"there is no folder {target.parent}"
        raise DatabaseCommandError(message)
    draft = target.with_name(target.name + ".part")
    with ExitStack() as stack:
        open_database(stack)
        try:
            run_client("pg_dump", "--format=custom", "--no-owner", f"--file={draft}", current_url())
            draft.replace(target)
        finally:
            draft.unlink(missing_ok=True)
    print(f"{target}: {target.stat().st_size / 2**20:.1f} MiB")


def restore(arguments: argparse.Namespace) -> None:
    """Read a dump in one transaction: after a failure the database is as it was."""
    if not arguments.file.is_file():
        message = f"there is no file {arguments.file}"
        raise DatabaseCommandError(message)
    with ExitStack() as stack:
        open_database(stack)
        if has_tables() and not arguments.replace:
            message = "the database is not empty; --replace drops what it holds now"
            raise DatabaseCommandError(message)
        options = ["--clean", "--if-exists"] if arguments.replace else []
        run_client("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", *options,
                   f"--dbname={current_url()}", str(arguments.file))  # fmt: skip
        migrate(arguments, is_open=True)
    print("restored")


def migrate(_arguments: argparse.Namespace, *, is_open: bool = False) -> None:
    """Apply what is missing of the schema."""
    from django.core.management import call_command  # noqa: PLC0415 -- only after django.setup()

    with ExitStack() as stack:
        if not is_open:
            open_database(stack)
        call_command("migrate", verbosity=1, interactive=False)


def upgrade(arguments: argparse.Namespace) -> None:
    """Bring the embedded cluster to the installed Postgres; the old one stays beside it until it is told to go."""
    from assay.core.env import env_str  # noqa: PLC0415 -- as the command needs it
    from assay.core.home import home_path  # noqa: PLC0415 -- as above
    from assay.server.cluster import PostgresError, server_major  # noqa: PLC0415 -- as above
    from assay.server.upgrade import remove_kept, upgrade_cluster  # noqa: PLC0415 -- as above

    if env_str("DATABASE_URL"):
        message = "DATABASE_URL names a Postgres of your own; upgrade it with its own means"
        raise DatabaseCommandError(message)
    try:
        if arguments.remove_old:
            print("\n".join(f"removed {path}" for path in remove_kept(home=home_path())) or "no old cluster is kept")
            return
        done = upgrade_cluster(home=home_path(), old_binaries=arguments.old_binaries)
    except PostgresError as error:
        raise DatabaseCommandError(str(error)) from error
    if done is None:
        print(f"the cluster is of version {server_major()} already")
        return
    print(f"upgraded from Postgres {done.from_major} to {done.to_major}: {done.table_count} tables with "
          f"{done.row_count} rows, counted before and after")  # fmt: skip
    print(f"the old cluster is kept in {done.kept}; once all is well: assay db upgrade --remove-old")


def move(arguments: argparse.Namespace) -> None:
    """Copy everything into another Postgres; the present database stays as it is."""
    with ExitStack() as stack:
        open_database(stack)
        dump = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="assay-"))) / "assay.dump"
        run_client("pg_dump", "--format=custom", "--no-owner", f"--file={dump}", current_url())
        run_client("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction",
                   f"--dbname={arguments.url}", str(dump))  # fmt: skip
    print(f"copied; start Assay with DATABASE_URL={arguments.url}")


def check_migrations(_arguments: argparse.Namespace) -> None:
    """Compare models and migrations."""
    from django.core.management import call_command  # noqa: PLC0415 -- only after django.setup()

    with ExitStack() as stack:
        open_database(stack)
        try:
            call_command("makemigrations", check=True, dry_run=True, verbosity=1)
        except SystemExit as error:
            message = "models and migrations differ: python -m django makemigrations"
            raise DatabaseCommandError(message) from error


def show_url(_arguments: argparse.Namespace) -> None:
    """Print the database's URL."""
    with ExitStack() as stack:
        open_database(stack)
        print(current_url())


def current_url() -> str:
    """Yield the URL of the database in use."""
    from assay.core.env import env_str  # noqa: PLC0415 -- as above
    from assay.core.home import home_path  # noqa: PLC0415 -- as above
    from assay.server.cluster import layout_of  # noqa: PLC0415 -- as above

    return env_str("DATABASE_URL") or layout_of(home=home_path()).url


def has_tables() -> bool:
    """Tell whether the database holds any table of ours."""
    from django.db import connection  # noqa: PLC0415 -- only after django.setup()

    return bool(connection.introspection.table_names())


def run_client(program: str, *arguments: str) -> None:
    """Run a Postgres client: the embedded one, else the system's. Raises with the last line of what it said."""
    from assay.server.cluster import PostgresError, binaries_path  # noqa: PLC0415 -- as the command needs it

    try:
        path: str | None = str(binaries_path() / program)
    except PostgresError:
        path = shutil.which(program)
    if path is None:
        message = f"{program} is not installed"
        raise DatabaseCommandError(message)
    done = subprocess.run([path, *arguments], capture_output=True, text=True, check=False)  # noqa: S603 -- a fixed program
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"{program} ended with {done.returncode}"]
        raise DatabaseCommandError(lines[-1])


ACTIONS: dict[str, Callable[[argparse.Namespace], None]] = {
    "backup": backup,
    "restore": restore,
    "migrate": migrate,
    "upgrade": upgrade,
    "move": move,
    "check-migrations": check_migrations,
    "url": show_url,
}
