"""``assay items``: the families of questions: what there is, whether it proves itself, and what answers say of it."""

import argparse
import sys
from collections import Counter
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assay.itembank.model import Variant

HELP = "list, prove, show and calibrate the questions of knowledge tests"


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the actions."""
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    actions.add_parser("list", help="name the families of each domain")
    check = actions.add_parser("check", help="draw many variants of every family and prove each key")
    check.add_argument("--seeds", type=int, default=50, help="variants of each family (default %(default)s)")
    check.add_argument("--family", default="", metavar="TEXT", help="only families whose id contains this")
    show = actions.add_parser("show", help="print one variant with its key")
    show.add_argument("family", metavar="FAMILY")
    show.add_argument("--seed", type=int, default=1)
    qti = actions.add_parser("qti", help="print one variant as an item of QTI 3.0")
    qti.add_argument("family", metavar="FAMILY")
    qti.add_argument("--seed", type=int, default=1)
    read = actions.add_parser("read-qti", help="print an item of QTI 3.0 as the bank would hold it")
    read.add_argument("file", type=Path, metavar="FILE")
    actions.add_parser("calibrate", help="estimate parameters from the answers in the database")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; exit code 1 for faults, 2 for what is not there or cannot be done yet."""
    if arguments.action == "calibrate":
        return calibrate()
    if arguments.action == "check":
        return check(seeds=max(1, arguments.seeds), text=arguments.family)
    if arguments.action == "read-qti":
        return read_qti(arguments.file)
    if arguments.action in {"show", "qti"}:
        return show(family=arguments.family, seed=arguments.seed, is_qti=arguments.action == "qti")
    return list_families()


def list_families() -> int:
    """Print the families by domain."""
    from assay.itembank.bank import load_bank  # noqa: PLC0415 -- a fast start for --help

    bank = load_bank()
    counts = Counter(one.domain for one in bank.families)
    for domain in bank.domains:
        print(f"{domain} ({counts[domain]})")
        for one in bank.families:
            if one.domain == domain:
                print(f"  {one.id:<40} level {one.level}  {one.kind:<11} {one.title}")
    print(f"{len(bank.families)} families")
    return 0


def check(*, seeds: int, text: str) -> int:
    """Prove the families; name what does not hold."""
    from assay.competencies.catalogue import shipped_catalogue  # noqa: PLC0415 -- a fast start for --help
    from assay.itembank.bank import Bank, load_bank  # noqa: PLC0415 -- as above
    from assay.itembank.checking import check_bank  # noqa: PLC0415 -- as above

    bank = Bank(tuple(one for one in load_bank().families if text in one.id))
    faults = check_bank(bank=bank, competencies=(one.id for one in shipped_catalogue().competencies), seeds=seeds)
    for fault in faults:
        where = f" seed {fault.seed}" if fault.seed else ""
        print(f"{fault.family}{where}: {fault.what}", file=sys.stderr)
    print(f"{len(bank.families)} families, {seeds} variants each, {len(faults)} faults")
    return 1 if faults else 0


def show(*, family: str, seed: int, is_qti: bool) -> int:
    """Print a variant as its author wrote it, or as an item of QTI."""
    from assay.itembank.bank import load_bank  # noqa: PLC0415 -- a fast start for --help
    from assay.itembank.qti import QtiError, to_qti  # noqa: PLC0415 -- as above

    bank = load_bank()
    try:
        variant = bank.variant(family_id=family, seed=seed)
        if is_qti:
            print(to_qti(variant=variant, title=bank.family(family).title), end="")
            return 0
    except KeyError:
        print(f"assay items: there is no family {family}", file=sys.stderr)
        return 2
    except QtiError as error:
        print(f"assay items qti: {error}", file=sys.stderr)
        return 2
    print_variant(variant)
    return 0


def read_qti(file: Path) -> int:
    """Print what an item of QTI holds; exit code 2 for what is refused."""
    from assay.itembank.qti import QtiError  # noqa: PLC0415 -- a fast start for --help
    from assay.itembank.qti_reading import from_qti  # noqa: PLC0415 -- as above

    try:
        print_variant(from_qti(text=file.read_text(encoding="utf-8")))
    except (QtiError, OSError, UnicodeDecodeError) as error:
        print(f"assay items read-qti: {error}", file=sys.stderr)
        return 2
    return 0


def print_variant(variant: "Variant") -> None:
    """Print a question, its answers, its key and why."""
    print(variant.stem)
    for option in variant.options:
        print(f"  {option.id}) {option.text}" + (f"   [{option.misconception}]" if option.misconception else ""))
    print(f"\nKey: {variant.key}{f' {variant.unit}' if variant.unit else ''}\n{variant.explanation}")


def calibrate() -> int:
    """Estimate what has enough answers."""
    from assay.cli.database import open_database  # noqa: PLC0415 -- a fast start for --help

    with ExitStack() as stack:
        open_database(stack)
        from assay.core.clock import now  # noqa: PLC0415 -- only after django.setup()
        from assay.knowledge.calibrating import TooFewAnswersError, calibrate_bank  # noqa: PLC0415 -- as above

        try:
            found = calibrate_bank(now=now())
        except TooFewAnswersError as error:
            print(f"assay items calibrate: {error.message}", file=sys.stderr)
            return 2
    print(f"version {found.version}: {len(found.estimated)} families estimated, {len(found.left)} have too few answers")
    return 0
