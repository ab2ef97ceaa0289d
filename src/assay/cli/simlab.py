"""``assay simlab``: which hiring loop finds the better people, on simulated pools."""

import argparse
import sys
from pathlib import Path

HELP = "compare hiring loops on simulated pools of applicants"
DESCRIPTION = """Draws pools of applicants whose true ability is known, lets each hiring loop choose, and prints how
good the hires are, with 95% intervals, hours and seeds; beside it the pessimistic case, in which our instruments are
worth less than published. The same seeds give the same table. What is assumed stands in docs/science/simlab.md. Exit
codes: 0 done, 2 something given cannot be used."""


def configure(parser: argparse.ArgumentParser) -> None:
    """Declare the arguments."""
    parser.description = DESCRIPTION
    parser.add_argument("--pools", metavar="N", type=int, default=40, help="pools for each case (default %(default)s)")
    parser.add_argument("--people", metavar="N", type=int, default=200, help="people in a pool (default %(default)s)")
    parser.add_argument("--first-seed", metavar="N", type=int, default=1000, help="seed of the first pool")
    parser.add_argument("--out", metavar="DIR", type=Path, help="write simlab.json and simlab.svg there as well")


def run(arguments: argparse.Namespace) -> int:
    """Simulate, print, write; yield the exit code."""
    from assay.cli.simulating import simulate  # noqa: PLC0415 -- a fast start for --help
    from assay.science.errors import ScienceError  # noqa: PLC0415 -- as above

    try:
        if arguments.pools < 2 or arguments.people < 60:
            raise ScienceError("two pools or more of 60 people or more are needed")  # noqa: TRY301 -- said where all is
        return simulate(
            pools=arguments.pools, people=arguments.people, first_seed=arguments.first_seed, out=arguments.out
        )
    except (ScienceError, OSError) as error:
        print(f"assay simlab: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        print("assay simlab: stopped; nothing was written", file=sys.stderr)
        return 130
