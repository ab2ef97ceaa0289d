"""``assay example``: make the example organisation, or show the ways into it."""

import argparse
import os
import sys
from contextlib import ExitStack

from assay.cli.database import ready_database


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("--anew", action="store_true", help="throw the present example away first")


def run(arguments: argparse.Namespace) -> int:
    """Make the example where there is none, and print the sign-in links."""
    with ExitStack() as stack:
        ready_database(stack)
        try:
            prepare(is_anew=arguments.anew)
        except NotOnlyTheExampleError as error:
            print(f"assay example: {error}", file=sys.stderr)
            return 1
    return 0


class NotOnlyTheExampleError(Exception):
    """The database holds a real organisation beside the example; nothing is thrown away."""


def empty_database() -> None:
    """Throw everything away and make the schema anew. Raises `NotOnlyTheExampleError`."""
    from django.core.management import call_command  # noqa: PLC0415 -- needs Django set up, as the next
    from django.db import connection  # noqa: PLC0415

    from assay.accounts.models import Organisation  # noqa: PLC0415
    from assay.example.organisation import SLUG  # noqa: PLC0415

    others = Organisation.objects.exclude(slug=SLUG).values_list("name", flat=True)
    if others:
        message = f"the database also holds {', '.join(others)}; nothing was thrown away"
        raise NotOnlyTheExampleError(message)
    with connection.cursor() as cursor:
        cursor.execute("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
    call_command("migrate", verbosity=0, interactive=False)


def prepare(*, is_anew: bool = False) -> str:
    """Make the example where there is none; print the links; yield the path of the first."""
    from django.db import transaction  # noqa: PLC0415 -- needs Django set up, as the next

    from assay.core.clock import now  # noqa: PLC0415
    from assay.example.deciding import status_path  # noqa: PLC0415 -- as above
    from assay.example.organisation import (  # noqa: PLC0415
        candidate_path,
        find_example,
        knowledge_path,
        make_example,
        sign_in_links,
    )

    if is_anew:
        empty_database()
    organisation = find_example()
    if organisation is None:
        print("· making the example organisation (some sixty people, three roles)", flush=True)
        # In one transaction: a start that is killed in the middle leaves no half example behind.
        with transaction.atomic():
            organisation = make_example(now=now())
    links = sign_in_links(organisation=organisation, now=now())
    print(f"\nSign in to {organisation.name} as:")
    site = os.environ.get("ASSAY_URL", "http://localhost:8000")
    for link in links:
        print(f"  {link.name:<15} {link.part:<29} {site}{link.path}")
    if path := candidate_path(organisation=organisation):
        print(f"Be a candidate: {site}{path}")
    if path := knowledge_path(organisation=organisation):
        print(f"Take a test:    {site}{path}")
    if path := status_path(organisation=organisation):
        print(f"See the status: {site}{path}")
    print(flush=True)
    return links[1].path
