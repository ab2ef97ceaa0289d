"""``assay task``: make, prove, try and import exercises and work samples."""

import argparse
import sys
from pathlib import Path

HELP = "make, prove, try and import exercises and work samples"
DESCRIPTION = """A task is a folder. `new` makes one to begin with, `check` proves it (the reference passes, every
planted mistake is caught), `try` grades a hand-in, `import` makes folders of a collection in HumanEval's,
MBPP's or Exercism's form, `runtimes` says which languages and tools run here. Foreign code runs in a sandbox
only. Exit codes: 0 done and proved, 1 something does not hold, 2 something given cannot be used."""

OK, DOES_NOT_HOLD, CANNOT_USE = 0, 1, 2


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.description = DESCRIPTION
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    new = actions.add_parser("new", help="make a folder to begin with")
    new.add_argument("folder", metavar="FOLDER", type=Path)
    check = actions.add_parser("check", help="prove tasks")
    check.add_argument("folders", metavar="FOLDER", type=Path, nargs="+", help="a task, or a folder of tasks")
    check.add_argument("--quick", action="store_true", help="one seed instead of two")
    tried = actions.add_parser("try", help="grade a hand-in")
    tried.add_argument("folder", metavar="FOLDER", type=Path, help="the task")
    tried.add_argument("hand_in", metavar="HAND_IN", type=Path, help="a folder with the hand-in's files")
    tried.add_argument("--seed", type=int, default=1, help="of the generated cases (default %(default)s)")
    tried.add_argument("--json", action="store_true", help="print the marks as JSON")
    imported = actions.add_parser("import", help="make task folders of a collection")
    imported.add_argument("collection", metavar="COLLECTION", type=Path, help="a JSONL file, a track or an exercise")
    imported.add_argument("--out", metavar="DIR", type=Path, required=True, help="where the folders are written")
    imported.add_argument("--no-proof", action="store_true", help="do not run the canonical solutions")
    actions.add_parser("runtimes", help="say which languages and tools run here")


def run(arguments: argparse.Namespace) -> int:
    """Do what was asked; yield the exit code."""
    from assay.cli import tasks  # noqa: PLC0415 -- a fast start for --help
    from assay.grading.errors import TaskError  # noqa: PLC0415 -- as above

    actions = {
        "new": lambda: tasks.new(arguments.folder),
        "check": lambda: tasks.check(arguments.folders, is_quick=arguments.quick),
        "try": lambda: tasks.try_hand_in(
            arguments.folder, arguments.hand_in, seed=arguments.seed, is_json=arguments.json
        ),
        "import": lambda: tasks.import_collection(
            arguments.collection, out=arguments.out, is_proved=not arguments.no_proof
        ),
        "runtimes": tasks.runtimes,
    }
    try:
        return actions[arguments.action]()
    except TaskError as error:
        print(f"assay task: {error}", file=sys.stderr)
        return CANNOT_USE
    except KeyboardInterrupt:
        print("assay task: stopped", file=sys.stderr)
        return 130
