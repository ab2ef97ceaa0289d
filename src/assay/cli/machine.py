"""``assay machine``: the runners on other machines that may lease runs."""

import argparse
import sys
from contextlib import ExitStack

from assay.cli.database import open_database

HELP = "let runners on other machines lease runs"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    add = actions.add_parser("add", help="print a token for a machine; the one it had before is worth nothing more")
    add.add_argument("name", metavar="NAME")
    revoke = actions.add_parser("revoke", help="take a machine's right to lease away")
    revoke.add_argument("name", metavar="NAME")
    actions.add_parser("list", help="show the machines")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; exit code 2 for a machine that is not there."""
    with ExitStack() as stack:
        open_database(stack)
        if arguments.action == "add":
            return add(arguments.name)
        return show() if arguments.action == "list" else revoke(arguments.name)


def add(name: str) -> int:
    """Print a fresh token, and how to use it."""
    from assay.core.clock import now  # noqa: PLC0415 -- only after django.setup()
    from assay.sandbox.services import register_machine  # noqa: PLC0415 -- as above

    name = name.strip()[:60]
    if not name:
        print("assay machine add: give the machine a name", file=sys.stderr)
        return 2
    print(register_machine(name=name, now=now()).token)
    print(f"Keep it in a file on {name}: assay-runner run --site URL --token-file FILE", file=sys.stderr)
    return 0


def show() -> int:
    """Print a line for each machine."""
    from assay.sandbox.selectors import machines  # noqa: PLC0415 -- only after django.setup()

    for machine in machines():
        seen = f"{machine.seen_at:%Y-%m-%d %H:%M} UTC" if machine.seen_at else "never"
        print(f"{machine.name}: {', '.join(machine.runtimes) or 'nothing said yet'}; last seen {seen}")
    return 0


def revoke(name: str) -> int:
    """Revoke by name."""
    from assay.core.clock import now  # noqa: PLC0415 -- only after django.setup()
    from assay.sandbox.models import Machine  # noqa: PLC0415 -- as above
    from assay.sandbox.services import revoke_machine  # noqa: PLC0415 -- as above

    machine = Machine.objects.filter(name=name, revoked_at=None).first()
    if machine is None:
        print(f"assay machine revoke: there is no machine {name}", file=sys.stderr)
        return 2
    revoke_machine(machine=machine, now=now())
    print(f"{name} leases nothing any more.")
    return 0
