"""How long a review takes, and how well copies are found, beside git-fame, pynblint and copydetect.

python -m bench.portfolio [--data FOLDER] [--peers BIN] [--runs 3] [--long 100000]

Without --data the repository is made: real code of installed packages, written by four authors in 900 commits over 144
files. With --data each git repository right below FOLDER is read as well. --peers is the folder of the peers' programs.
"""

import argparse
import ast
import re
import statistics
import subprocess
import sysconfig
import tempfile
import time
from collections.abc import Callable
from datetime import date
from pathlib import Path

import numpy as np
import yaml

from assay.core.content import content_path
from assay.repositories.errors import RepositoryError
from assay.repositories.git import clean_environment
from assay.repositories.leakage.find import leaks_in
from assay.repositories.model import LeakKind, Report, Standing
from assay.repositories.protocol import Request
from assay.repositories.rules import rules_from_mapping
from assay.repositories.run import review_in_child
from assay.science.similarity import Kind, code_tokens, containment, fingerprints_of_text

SOURCES = Path(sysconfig.get_paths()["purelib"])
AUTHORS = [f"author{number}@example.org" for number in range(4)]
KINDS = {LeakKind.PREPROCESSING: "preprocessing", LeakKind.OVERLAP: "overlap", LeakKind.MULTI_TEST: "multi_test"}


def main() -> None:
    arguments = _arguments()
    with tempfile.TemporaryDirectory(prefix="bench-portfolio-") as name:
        folder = Path(name)
        speed(folder / "made", arguments)
        long_history(folder / "long", arguments.long)
        copies(folder, arguments)
    leaks()
    if arguments.data is None:
        print("--data was not given: only made repositories were read")
        return
    for path in sorted(arguments.data.iterdir()):
        if (path / ".git").is_dir():
            emails = _git(path, "log", "--format=%ae").split()
            best = statistics.mode(emails)
            _print_review(path.name, path, best, arguments)


def speed(folder: Path, arguments: argparse.Namespace) -> None:
    files = _made(folder)
    lines = sum(text.count("\n") for text in files.values())
    print(f"made repository: {len(files)} files, {lines:,} lines, 900 commits")
    _print_review("made", folder, AUTHORS[0], arguments)


def _print_review(name: str, path: Path, email: str, arguments: argparse.Namespace) -> None:
    reports: list[Report] = []
    seconds = _median(lambda: reports.append(_review(path, email)), arguments.runs)
    found = reports[-1]
    whose = found.authorship
    print(
        f"{name:24} assay     {seconds:6.2f} s   {whose.own_lines:,} of {whose.blamed_lines:,} lines theirs, "
        f"{found.source.commits:,} commits, {len(found.tools)} tools"
    )
    fame = _peer(arguments, "git-fame")
    if fame:
        seconds = _median(lambda: _run([fame, "--show-email", "--silent-progress", "."], path), arguments.runs)
        shown = next(
            (
                line
                for line in _run([fame, "--show-email", "--silent-progress", "."], path).split("\n")
                if email in line
            ),
            "",
        )
        print(f"{name:24} git-fame  {seconds:6.2f} s   {re.sub(r' +', ' ', shown)[:90]}")
    pynblint = _peer(arguments, "pynblint")
    if pynblint:
        seconds = _median(lambda: _run([pynblint, "."], path), arguments.runs)
        print(f"{name:24} pynblint  {seconds:6.2f} s")


def long_history(folder: Path, commits: int) -> None:
    parts = []
    for number in range(commits):
        text = f"x = {number}\n" * (number % 50 + 1)
        parts.append(_commit(number, AUTHORS[number % 4], {f"f{number % 400}.py": text}))
    _import(folder, parts)
    begin_s = time.monotonic()
    try:
        found = _review(folder, AUTHORS[0])
    except RepositoryError as error:
        print(f"{commits:,} commits: refused, {error.message}")
        return
    seconds = time.monotonic() - begin_s
    print(
        f"{commits:,} commits            assay     {seconds:6.2f} s   {found.source.commits:,} read, "
        f"truncated: {found.source.is_truncated}; {' '.join(found.source.notes)}"
    )


def copies(folder: Path, arguments: argparse.Namespace) -> None:
    texts = {path: path.read_text(encoding="utf-8") for path in _sources()[:60]}
    prints = {path: fingerprints_of_text(text=text, language="Python") for path, text in texts.items()}
    own = [containment(part=fingerprints_of_text(text=_renamed(text), language="Python"), whole=prints[path]) or 0.0
           for path, text in texts.items()]  # fmt: skip
    apart = [
        containment(part=one, whole=other) or 0.0
        for path, one in prints.items() for place, other in prints.items() if path.parts[-3:-1] != place.parts[-3:-1]
    ]  # fmt: skip
    print(
        f"copies: renamed and reformatted, {len(own)} files: least {min(own):.2f}, median {statistics.median(own):.2f}"
    )
    print(f"copies: unrelated, {len(apart)} pairs: most {max(apart):.3f}, {sum(one > 0.05 for one in apart)} above .05")
    program = _peer(arguments, "copydetect")
    if not program:
        print("copydetect: not given, skipped")
        return
    shares = []
    for number, text in enumerate(list(texts.values())[:8]):
        place = folder / f"pair{number}"
        for name, content in (("a", _renamed(text)), ("b", text)):
            (place / name).mkdir(parents=True)
            (place / name / f"{name}.py").write_text(content, encoding="utf-8")
        words = [
            program,
            "-t",
            str(place / "a"),
            "-r",
            str(place / "b"),
            "-e",
            "py",
            "-d",
            "0",
            "-a",
            "-O",
            str(place / "out"),
        ]
        said = _run(words, place)
        page = (place / "out.html").read_text(encoding="utf-8") if (place / "out.html").exists() else said
        told = re.search(r"Test file:.*?<b>([\d.]+)%", page)
        shares.append(float(told.group(1)) / 100 if told else 0.0)
    ours = own[: len(shares)]
    middle, peer = statistics.median(ours), statistics.median(shares)
    print(f"copies: the first {len(shares)} of them: assay {middle:.2f}, copydetect {peer:.2f}")


def leaks() -> None:
    for name in ("leaks", "leaks_held_out", "leaks_fresh"):
        path = Path(__file__).parents[1] / f"tests/repositories/data/{name}.yaml"
        scripts = yaml.safe_load(path.read_text(encoding="utf-8"))
        told = {(one["id"], KINDS[leak.kind]) for one in scripts for leak in leaks_in(tree=ast.parse(one["code"]))}
        there = {(one["id"], kind) for one in scripts for kind in one["expect"]}
        right = len(told & there)
        print(f"{name}: {len(scripts)} scripts, precision {right}/{len(told)}, recall {right}/{len(there)}")


def _review(path: Path, email: str) -> Report:
    rules = rules_from_mapping(
        yaml.safe_load((content_path() / "sources/repositories.yaml").read_text(encoding="utf-8"))
    )
    dates = yaml.safe_load((content_path() / "sources/tool_dates.yaml").read_text(encoding="utf-8"))["tools"]
    public_on = {name: entry["public_on"] for name, entry in dates.items()}
    request = Request(
        origin=str(path), mine={email: Standing.CLAIMED}, rules=rules, public_on=public_on, today=date(2026, 11, 24)
    )
    return review_in_child(request=request)


def _made(folder: Path) -> dict[str, str]:
    """Make 900 commits: each adds or changes a piece of one of 144 files, by one of four authors."""
    rng = np.random.default_rng(7)
    sources = [path.read_text(encoding="utf-8").split("\n") for path in _sources()[:144]]
    files: dict[str, list[str]] = {}
    parts = []
    for number in range(900):
        place = number % 144
        name, lines = f"pkg/part{place % 12}/file{place}.py", sources[place]
        piece = max(1, min(len(lines), 200) // 6)
        done = files.setdefault(name, [])
        done.extend(lines[len(done) : len(done) + piece])
        if number > 144 and done:
            spot = int(rng.integers(len(done)))
            done[spot] = done[spot] + f"  # seen in {number}"
        author = AUTHORS[int(rng.integers(4))]
        parts.append(_commit(number, author, {name: "\n".join(done) + "\n"}))
    _import(folder, parts)
    return {name: "\n".join(lines) + "\n" for name, lines in files.items()}


def _commit(number: int, email: str, files: dict[str, str]) -> bytes:
    who = f"{email.partition('@')[0]} <{email}> {1_600_000_000 + number * 3600} +0000"
    message = f"Change {number}"
    head = f"commit refs/heads/main\nauthor {who}\ncommitter {who}\ndata {len(message)}\n{message}\n"
    body = [f"M 100644 inline {name}\ndata {len(text.encode())}\n{text}\n" for name, text in files.items()]
    return (head + "".join(body)).encode()


def _import(folder: Path, parts: list[bytes]) -> None:
    folder.mkdir()
    _git(folder, "init", "-q", "-b", "main")
    environment = clean_environment(home=folder)
    subprocess.run(["git", "fast-import", "--quiet"], cwd=folder, input=b"".join(parts), env=environment, check=True)
    _git(folder, "reset", "-q", "--hard")


def _sources() -> list[Path]:
    """Yield real files of a few hundred lines, the same ones on every run."""
    found = sorted(path for path in SOURCES.glob("[c-s]*/**/*.py") if 6_000 < path.stat().st_size < 40_000)
    picked = [path for path in found if "test" not in str(path) and "locale" not in str(path)]
    return picked[:: max(1, len(picked) // 200)]


def _renamed(text: str) -> str:
    names = sorted({token.text for token in code_tokens(text=text, language="Python") if token.kind is Kind.NAME})
    table = {name: f"v{number}" for number, name in enumerate(names)}
    changed = re.sub(r"\b[^\W\d]\w*\b(?!['\"])", lambda found: table.get(found.group(), found.group()), text)
    return changed.replace("\n\n", "\n# a remark\n")


def _git(folder: Path, *words: str) -> str:
    environment = clean_environment(home=folder)
    return subprocess.run(
        ["git", *words], cwd=folder, env=environment, check=True, capture_output=True, text=True
    ).stdout


def _run(words: list[str], folder: Path) -> str:
    done = subprocess.run(words, cwd=folder, capture_output=True, text=True, check=False, timeout=300)
    return done.stdout + done.stderr


def _median(call: Callable[[], object], runs: int) -> float:
    seconds = []
    for _ in range(runs):
        begin_s = time.monotonic()
        call()
        seconds.append(time.monotonic() - begin_s)
    return statistics.median(seconds)


def _peer(arguments: argparse.Namespace, name: str) -> str:
    path = arguments.peers / name if arguments.peers else None
    return str(path) if path is not None and path.exists() else ""


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path)
    parser.add_argument("--peers", type=Path)
    parser.add_argument("--runs", type=int, default=3)
    parser.add_argument("--long", type=int, default=100_000)
    return parser.parse_args()


if __name__ == "__main__":
    main()
