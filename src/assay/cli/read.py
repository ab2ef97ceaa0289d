"""``assay read FILE``: what one document yields, as a report or as JSON Resume with spans."""

import argparse
import sys
from pathlib import Path

HELP = "show what one document yields, with the words behind each field"
OK, CANNOT_READ = 0, 1


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.description = f"{HELP[0].upper()}{HELP[1:]}. Exit codes: 0 read, 1 could not be read."
    parser.add_argument("file", metavar="FILE", type=Path)
    parser.add_argument("--json", action="store_true", help="JSON Resume with the span of every field")


def run(arguments: argparse.Namespace) -> int:
    """Read one document; yield the exit code."""
    from assay.cli.reading_text import CannotReadError, read_and_print  # noqa: PLC0415 -- a fast start for --help

    try:
        read_and_print(path=arguments.file, is_json=arguments.json)
    except CannotReadError as error:
        print(f"assay read: {arguments.file}: {error}", file=sys.stderr)
        return CANNOT_READ
    except KeyboardInterrupt:
        return 130
    return OK
