"""The command line: one module a command, loaded only when it is called."""

import argparse
import importlib
import sys

COMMANDS = ("serve", "worker", "db")


def main(arguments: list[str] | None = None) -> int:
    """Run one command; yield its exit code."""
    parser = argparse.ArgumentParser(prog="assay", description="Hire machine-learning engineers on evidence.")
    subparsers = parser.add_subparsers(dest="command", required=True, metavar="COMMAND")
    for name in COMMANDS:
        module = importlib.import_module(f"assay.cli.{name}")
        subparser = subparsers.add_parser(name, help=module.HELP, description=module.HELP)
        module.configure(subparser)
        subparser.set_defaults(run=module.run)
    parsed = parser.parse_args(arguments)
    code: int = parsed.run(parsed)
    return code


if __name__ == "__main__":
    sys.exit(main())
