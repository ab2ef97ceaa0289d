"""``assay verify-record FILE``: check a signed record offline; no server, no database, no network."""

import argparse
import sys
from pathlib import Path
from typing import Any

from assay.decisions.recordfile import RecordError, Verified, verified


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.add_argument("file", type=Path, metavar="FILE", help="a record that a candidate was given")
    parser.add_argument(
        "--key", metavar="FINGERPRINT", default="", help="the issuer's fingerprint, as they told you in another way"
    )


def run(arguments: argparse.Namespace) -> int:
    """Verify; exit code 0 where it holds, 1 where it does not, 2 where the file cannot be read."""
    try:
        data = arguments.file.read_bytes()
    except OSError as error:
        print(f"assay verify-record: {arguments.file}: {error.strerror}", file=sys.stderr)
        return 2
    try:
        found = verified(data=data)
    except RecordError as error:
        print(f"assay verify-record: {error}", file=sys.stderr)
        return 1
    if arguments.key and _plain(arguments.key) != _plain(found.fingerprint):
        print(f"assay verify-record: signed with another key: {found.fingerprint}", file=sys.stderr)
        return 1
    print("\n".join(_lines(found, is_known=bool(arguments.key))))
    return 0


def _plain(fingerprint: str) -> str:
    return "".join(fingerprint.split()).casefold()


def _lines(found: Verified, *, is_known: bool) -> list[str]:
    """Yield what is vouched for, one thing a line; no control characters of the file reach the terminal."""
    record = found.record
    issuer = _text(record, "issuer", "organisation")
    lines = [
        f"The signature holds. Signed by “{issuer}” on {_text(record, 'issued_at')}.",
        f"Key: {found.fingerprint}" + ("" if is_known else " (ask the issuer whether this is theirs, or give --key)"),
        f"Person: {_text(record, 'resume', 'basics', 'name')}",
    ]
    for one in _list(record.get("evidence")):
        kinds = ", ".join(_text(source, "source") for source in _list(one.get("sources")))
        lines.append(f"  {_text(one, 'name')}: {_text(one, 'level')} ({kinds})")
    return lines


def _list(value: object) -> list[dict[str, Any]]:
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def _text(value: object, *path: str) -> str:
    for name in path:
        value = value.get(name) if isinstance(value, dict) else None
    return (
        "".join(letter if letter.isprintable() else " " for letter in str(value)) if value is not None else "not said"
    )
