"""``assay portfolio PATH_OR_URL --me mail@example.org``: what one repository shows of one person."""

import argparse
import sys
from pathlib import Path

HELP = "read one repository, archive or notebook: whose lines, what they show, what to ask"
DESCRIPTION = """Reads an https address, a folder, a git bundle, a zip or tar, or a notebook, and tells what the
lines of one person in it show. Nothing of it is run. Exit codes: 0 a report was made, 1 it cannot be read, 2 something
given cannot be used, 3 none of the addresses wrote a commit (the report says whose there are), 130 stopped."""
OK, CANNOT_READ, CANNOT_USE, NOBODY, STOPPED = 0, 1, 2, 3, 130


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.description = DESCRIPTION
    parser.add_argument("origin", metavar="PATH_OR_URL")
    parser.add_argument(
        "--me", metavar="MAIL", action="append", default=[], help="an address of theirs; may be repeated"
    )
    parser.add_argument("--confirmed", metavar="MAIL", action="append", default=[], help="one that they answered from")
    parser.add_argument(
        "--against", metavar="PATH", action="append", default=[], help="other work to look for copies in"
    )
    parser.add_argument("--starter", metavar="PATH", action="append", default=[], help="code that everybody was given")
    parser.add_argument("--json", action="store_true", help="print JSON instead")
    parser.add_argument("--html", action="store_true", help="print one page that needs nothing else instead")
    parser.add_argument("--out", metavar="DIR", type=Path, help="also write portfolio.html and portfolio.json there")


def run(arguments: argparse.Namespace) -> int:
    """Review one work; yield the exit code."""
    from assay.cli.reviewing import CannotUseError, review_and_print  # noqa: PLC0415 -- a fast start for --help
    from assay.repositories.errors import RepositoryError  # noqa: PLC0415 -- as above

    try:
        return review_and_print(arguments)
    except RepositoryError as error:
        print(f"assay portfolio: {error.message}", file=sys.stderr)
        return CANNOT_READ
    except CannotUseError as error:
        print(f"assay portfolio: {error}", file=sys.stderr)
        return CANNOT_USE
    except KeyboardInterrupt:
        print("assay portfolio: stopped; nothing was written", file=sys.stderr)
        return STOPPED
