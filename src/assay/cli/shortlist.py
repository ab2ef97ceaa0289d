"""``assay shortlist AD FOLDER --out DIR``: from a job ad and a pile of applications to a shortlist with reasons."""

import argparse
import sys
from pathlib import Path

HELP = "rank a folder of applications for a job ad, with reasons and what is not known"
DESCRIPTION = """Reads the ad and every file of the folder, prints the people in order with the words behind it, and
writes shortlist.html, shortlist.json and shortlist.csv. Nothing leaves this machine; no server and no database are
needed. Exit codes: 0 a list was made, 1 nobody could be ranked, 2 something given cannot be used, 130 stopped."""

OK, NOBODY, CANNOT_USE, STOPPED = 0, 1, 2, 130


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.description = DESCRIPTION
    parser.add_argument("ad", metavar="AD", help="the job ad, any document, or a template such as ml_engineer")
    parser.add_argument("folder", metavar="FOLDER", type=Path, help="the applications; subfolders are read as well")
    parser.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the three files are written")
    parser.add_argument("--blind", action="store_true", help="hide names, contacts, places, schools; write a key file")
    parser.add_argument("--top", metavar="N", type=int, default=20, help="print so many people (default %(default)s)")


def run(arguments: argparse.Namespace) -> int:
    """Make the shortlist; yield the exit code."""
    from assay.cli.shortlisting import CannotUseError, make_shortlist  # noqa: PLC0415 -- a fast start for --help

    try:
        return make_shortlist(
            ad=arguments.ad, folder=arguments.folder, out=arguments.out, is_blind=arguments.blind, top=arguments.top
        )
    except CannotUseError as error:
        print(f"assay shortlist: {error}", file=sys.stderr)
        return CANNOT_USE
    except KeyboardInterrupt:
        print("assay shortlist: stopped; nothing was written", file=sys.stderr)
        return STOPPED
