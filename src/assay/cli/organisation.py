"""``assay organisation``: make an organisation with its first administrator."""

import argparse
import os
import sys
from contextlib import ExitStack
from datetime import timedelta

from assay.cli.database import ready_database

LINK_VALID_FOR = timedelta(days=2)


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("name", help="the organisation's name")
    parser.add_argument("--email", required=True, help="the first administrator's address")
    parser.add_argument("--administrator", required=True, help="the first administrator's full name")
    parser.add_argument("--slug", default="", help="what stands in every address (default: made from the name)")


def run(arguments: argparse.Namespace) -> int:
    """Make it, and print the administrator's sign-in link; a refusal is one line and exit code 1."""
    with ExitStack() as stack:
        ready_database(stack)
        from django.db import transaction  # noqa: PLC0415 -- needs Django set up, as the next

        from assay.accounts.models import User  # noqa: PLC0415
        from assay.accounts.services import issue_sign_in_link  # noqa: PLC0415
        from assay.core.clock import now  # noqa: PLC0415
        from assay.core.errors import DomainError  # noqa: PLC0415
        from assay.membership.organisations import create_organisation  # noqa: PLC0415

        try:
            with transaction.atomic():
                user = User.objects.filter(email__iexact=arguments.email).first() or User.objects.create_user(
                    email=arguments.email, name=arguments.administrator, created_at=now()
                )
                member = create_organisation(name=arguments.name, administrator=user, now=now(), slug=arguments.slug)
        except DomainError as error:
            print(f"assay organisation: {error.message}", file=sys.stderr)
            return 1
        path = issue_sign_in_link(user=user, now=now(), valid_for=LINK_VALID_FOR)
    site = os.environ.get("ASSAY_URL", "http://localhost:8000")
    print(f"{member.organisation.name} is made. {user.name} signs in here, once, within two days:\n  {site}{path}")
    return 0
