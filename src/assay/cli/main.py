"""The command line: one module a command, loaded only when it is called."""

import argparse
import importlib
import os
import sys

COMMANDS = {
    "shortlist": "rank a folder of applications for a job ad, with reasons and what is not known",
    "read": "show what one document yields, with the words behind each field",
    "portfolio": "read one repository, archive or notebook: whose lines, what they show, what to ask",
    "serve": "start Assay: database, worker and site",
    "organisation": "make an organisation with its first administrator",
    "example": "make the example organisation, or show the ways into it",
    "worker": "work off the job queue (beside `assay serve --no-worker`)",
    "machine": "let runners on other machines lease runs",
    "db": "back up, restore, upgrade or move the database",
    "audit": "verify the audit trail",
    "verify-record": "check a candidate's signed record, offline",
    "simlab": "compare hiring loops on simulated pools of applicants",
    "items": "list, prove, show and calibrate the questions of knowledge tests",
    "task": "make, prove, try and import exercises and work samples",
}
"""Every command with its line of help; the module of the same name (with an underscore for a hyphen)
is imported only when it is called."""


def main(arguments: list[str] | None = None) -> int:
    """Run one command; yield its exit code."""
    # Before numpy is loaded: matrices of fifty rows gain nothing from threads, and lose ten times on busy cores.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    given = sys.argv[1:] if arguments is None else arguments
    parser = argparse.ArgumentParser(prog="assay", description="Hire machine-learning engineers on evidence.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name, text in COMMANDS.items():
        subparser = subparsers.add_parser(name, help=text, description=text[0].upper() + text[1:] + ".")
        if name in given[:1]:
            module = importlib.import_module(f"assay.cli.{name.replace('-', '_')}")
            module.configure(subparser)
            subparser.set_defaults(run=module.run)
    parsed = parser.parse_args(given)
    try:
        code: int = parsed.run(parsed)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has had enough (`| head`); Python must not complain about it again at its end.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0
    return code


if __name__ == "__main__":
    sys.exit(main())
