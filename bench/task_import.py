"""How faithful imported tests are: canonical solutions and mutants, plain and through two boxes.

``python -m bench.task_import --data FOLDER/code [--every 5] [--mutants 2]``: every so-manieth problem of the JSONL file
in the folder. *Plain* is one Python process with statement, solution and tests together, as the collection's own
harness does. What matters: nothing that plain tests fail may pass here.
"""

import argparse
import ast
import json
import subprocess
import sys
from pathlib import Path
from typing import Any

import numpy as np

from assay.grading.check import graded
from assay.grading.folder import task_from
from assay.grading.imports.lines import from_humaneval
from assay.grading.prepare import prepare
from assay_runner.local import local_backend

SWAPS: dict[type[ast.AST], type[ast.AST]] = {
    ast.Add: ast.Sub, ast.Sub: ast.Add, ast.Mult: ast.Add, ast.Lt: ast.LtE, ast.LtE: ast.Lt, ast.Gt: ast.GtE,
    ast.GtE: ast.Gt, ast.Eq: ast.NotEq, ast.NotEq: ast.Eq, ast.And: ast.Or, ast.Or: ast.And,
}  # fmt: skip


def mutants(source: str, rng: np.random.Generator, count: int) -> list[str]:
    """Yield sources with one operator or whole number changed."""
    tree = ast.parse(source)
    sites = [
        node
        for node in ast.walk(tree)
        if (isinstance(node, ast.BinOp | ast.BoolOp) and type(node.op) in SWAPS)
        or (isinstance(node, ast.Compare) and type(node.ops[0]) in SWAPS)
        or (isinstance(node, ast.Constant) and type(node.value) is int)
    ]
    made = []
    for place in rng.permutation(len(sites))[:count].tolist():
        node: Any = sites[place]
        if isinstance(node, ast.Constant):
            node.value += 1  # type: ignore[operator] # only whole numbers are sites
            made.append(ast.unparse(tree))
            node.value -= 1  # type: ignore[operator] # as above
        elif isinstance(node, ast.Compare):
            old = node.ops[0]
            node.ops[0] = SWAPS[type(old)]()  # type: ignore[call-overload] # a comparison for a comparison
            made.append(ast.unparse(tree))
            node.ops[0] = old
        else:
            held = node.op
            node.op = SWAPS[type(held)]()
            made.append(ast.unparse(tree))
            node.op = held
    return made


def passes_plain(source: str) -> bool:
    """Run everything in one process."""
    try:
        return (
            subprocess.run(
                [sys.executable, "-I", "-c", source], capture_output=True, timeout=15, check=False
            ).returncode
            == 0
        )
    except subprocess.TimeoutExpired:
        return False


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--every", type=int, default=5)
    parser.add_argument("--mutants", type=int, default=2)
    given = parser.parse_args()
    file = next(given.data.glob("*.jsonl"), None)
    if file is None:
        print(f"skipped: no JSONL file in {given.data}")
        return
    run, rng = local_backend(is_author=True).run, np.random.default_rng(1)
    counts = dict.fromkeys(("right: both pass", "right: plain only", "right: here only", "killed by both",
                            "alive in both", "killed here only", "ESCAPED: killed by plain only"), 0)  # fmt: skip
    for line in file.read_text("utf-8").splitlines()[:: given.every]:
        record = json.loads(line)
        task = task_from(slug="task", files=from_humaneval(record))
        hidden = prepare(task=task, seed=1, run=run)
        whole = record["prompt"] + record["canonical_solution"]
        for place, source in enumerate([whole, *mutants(whole, rng, given.mutants)]):
            plain = passes_plain(f"{source}\n{record['test']}\ncheck({record['entry_point']})\n")
            here = graded(task=task, hidden=hidden, hand_in={task.entry: source.encode()}, run=run).share == 1
            counts[_kind(plain=plain, here=here, is_mutant=place > 0)] += 1
            if here and not plain:
                print(f"{record['task_id']}: passes here only{' (a mutant)' if place else ''}")
    for name, count in counts.items():
        print(f"{name:32} {count:5}")


def _kind(*, plain: bool, here: bool, is_mutant: bool) -> str:
    if not is_mutant:
        return "right: both pass" if plain and here else "right: plain only" if plain else "right: here only"
    if plain == here:
        return "alive in both" if here else "killed by both"
    return "ESCAPED: killed by plain only" if here else "killed here only"


if __name__ == "__main__":
    main()
