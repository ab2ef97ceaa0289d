"""The work behind ``assay portfolio``."""

import argparse
import sys
from pathlib import Path

import msgspec
from rich.console import Console

from assay.cli.portfolio import NOBODY, OK
from assay.cli.portfolio_text import print_report
from assay.competencies.catalogue import shipped_catalogue
from assay.core.clock import today
from assay.repositories.model import Report, Standing
from assay.repositories.protocol import Request
from assay.repositories.run import review_in_child
from assay.repositories.shipped import shipped_rules, tool_dates
from assay.web.portfolio_file import portfolio_html


class CannotUseError(Exception):
    """Something given on the command line cannot be used; the message says what and what to do."""


def review_and_print(arguments: argparse.Namespace) -> int:
    """Review, print and write; yield the exit code. Raises `RepositoryError` and `CannotUseError`."""
    mine = _addresses(arguments)
    if arguments.out is not None:
        _prepare(arguments.out)
    day = today()
    request = Request(
        origin=arguments.origin,
        mine=mine,
        rules=shipped_rules(),
        public_on=tool_dates(),
        today=day,
        against=tuple(_existing(path) for path in arguments.against),
        starters=tuple(_existing(path) for path in arguments.starter),
    )
    with Console(stderr=True).status("Reading the repository; a large one takes a minute or two"):
        report = review_in_child(request=request)
    page = portfolio_html(report=report, names=_names(), made_on=f"{day:%-d %B %Y}")
    document = msgspec.json.format(msgspec.json.encode(report), indent=2).decode()
    _show(report, arguments, page, document)
    if arguments.out is not None:
        (arguments.out / "portfolio.html").write_text(page, encoding="utf-8")
        (arguments.out / "portfolio.json").write_text(document + "\n", encoding="utf-8")
    return OK if report.authorship.own_commits or not report.source.has_history else NOBODY


def _show(report: Report, arguments: argparse.Namespace, page: str, document: str) -> None:
    if arguments.json:
        sys.stdout.write(document + "\n")
    elif arguments.html:
        sys.stdout.write(page)
    else:
        print_report(report=report, names=_names(), console=Console(highlight=False))
        if arguments.out is not None:
            print(f"Written to {arguments.out}: portfolio.html, portfolio.json")


def _addresses(arguments: argparse.Namespace) -> dict[str, Standing]:
    claimed = {address.strip().lower(): Standing.CLAIMED for address in arguments.me}
    confirmed = {address.strip().lower(): Standing.CONFIRMED for address in arguments.confirmed}
    for address in (*claimed, *confirmed):
        if "@" not in address:
            raise CannotUseError(f"{address!r} is no e-mail address")
    return {**claimed, **confirmed}


def _existing(path: str) -> str:
    if not Path(path).exists():
        raise CannotUseError(f"there is nothing at {path}")
    return path


def _prepare(out: Path) -> None:
    """Make the folder before minutes of reading are spent."""
    try:
        out.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise CannotUseError(f"{out} cannot be written to: {error.strerror}") from error


def _names() -> dict[str, str]:
    return {one.id: one.name for one in shipped_catalogue().competencies}
