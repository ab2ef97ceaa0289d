"""``assay audit verify``: walk every organisation's chain of events from its beginning."""

import argparse
import sys
from contextlib import ExitStack

from assay.cli.database import open_database

HELP = "verify the audit trail"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the action."""
    actions = parser.add_subparsers(dest="action", required=True)
    verify = actions.add_parser("verify", help="check that no event was changed, added between or taken out")
    verify.add_argument("--organisation", metavar="SLUG", help="only this organisation's trail")


def run(arguments: argparse.Namespace) -> int:
    """Verify; exit code 0 where every chain holds, 1 where one is broken, 2 where there is no such organisation."""
    with ExitStack() as stack:
        open_database(stack)
        return verify(slug=arguments.organisation)


def verify(*, slug: str | None) -> int:
    """Print one line for each organisation; yield the exit code."""
    from assay.accounts.models import Organisation  # noqa: PLC0415 -- only after django.setup()
    from assay.audit.models import Chain  # noqa: PLC0415 -- as above
    from assay.audit.services import first_break  # noqa: PLC0415 -- as above

    organisations = Organisation.objects.order_by("slug")
    if slug is not None:
        organisations = organisations.filter(slug=slug)
        if not organisations:
            print(f"assay audit verify: there is no organisation {slug}", file=sys.stderr)
            return 2
    code = 0
    for organisation in organisations:
        broken = first_break(organisation=organisation)
        if broken is None:
            head = Chain.objects.filter(organisation=organisation).first()
            print(f"{organisation.slug}: whole, {head.last_seq if head else 0} events")
        else:
            print(f"{organisation.slug}: broken at event {broken.seq}: {broken.why}")
            code = 1
    return code
