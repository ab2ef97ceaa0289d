"""``assay-runner``: leases runs from a site and does them in boxes. Holds a token, and nothing else of the site."""

import argparse
import ctypes
import json
import signal
import subprocess
import sys
import threading
from pathlib import Path
from urllib.parse import urlsplit

import msgspec

from assay_runner.leasing import work
from assay_runner.local import RefusedError, local_backend
from assay_runner.selftest import Proof, fallen, prove
from assay_runner.site import Site, TokenError

OK, REFUSED, CANNOT_USE = 0, 1, 2
HERE = {"localhost", "127.0.0.1", "::1"}
PR_SET_PDEATHSIG = 1
STOP_S = 10.0


def main(argv: list[str] | None = None) -> int:
    """Run one command; yield its exit code."""
    parser = argparse.ArgumentParser(prog="assay-runner", description=__doc__.split("\n", maxsplit=1)[0])
    actions = parser.add_subparsers(dest="action", required=True, metavar="ACTION")
    running = actions.add_parser("run", help="lease runs from a site until stopped")
    running.add_argument("--site", required=True, metavar="URL", help="https://…, or http:// on this machine")
    running.add_argument("--token-file", required=True, type=Path, metavar="FILE", help="a file with the token")
    running.add_argument("--slots", type=int, default=1, help="runs at the same time (default %(default)s)")
    running.add_argument("--labels", default="", help="labels of this machine, parted by commas")
    running.add_argument(
        "--without-cgroups", action="store_true", help="go on where memory cannot be held by control groups; marked"
    )
    running.add_argument(
        "--with-parent", action="store_true", help="stop when the process that started this one is gone"
    )
    running.add_argument("--proved", action="store_true", help=argparse.SUPPRESS)
    actions.add_parser("runtimes", help="say what can be run here")
    testing = actions.add_parser("selftest", help="try to get around each wall of a box, and say which hold")
    testing.add_argument("--json", action="store_true", help="print a list of proofs as JSON")
    testing.add_argument("--without-cgroups", action="store_true", help="as for run")
    arguments = parser.parse_args(argv)
    return {"runtimes": _runtimes, "selftest": _selftest, "run": _run}[arguments.action](arguments)


def _runtimes(_arguments: argparse.Namespace) -> int:
    try:
        backend = local_backend(is_author=True)
    except RefusedError as error:
        return _refuse(str(error))
    for name, reason in sorted(backend.runtimes().items()):
        print(f"{name}: {reason or 'yes'}")
    return OK


def _selftest(arguments: argparse.Namespace) -> int:
    try:
        backend = local_backend(is_author=arguments.without_cgroups)
    except RefusedError as error:
        return _refuse(str(error))
    proofs = prove(backend=backend, has_groups=backend.has_groups, tell=_ignore if arguments.json else _show)
    if arguments.json:
        print(json.dumps([msgspec.to_builtins(proof) for proof in proofs], indent=1))
    return _refuse(_fallen_words(fallen(proofs))) if fallen(proofs) else OK


def _show(proof: Proof) -> None:
    word = "holds" if proof.is_held else "FALLEN" if proof.is_required else "not here"
    print(f"{word:8}  {proof.control:20}  {proof.about}{f' ({proof.detail})' if proof.detail else ''}", flush=True)


def _ignore(_proof: Proof) -> None:
    return


def _fallen_words(proofs: tuple[Proof, ...]) -> str:
    names = ", ".join(dict.fromkeys(proof.control for proof in proofs))
    return f"nothing is graded here: these walls did not hold: {names} (assay-runner selftest says more)"


def _run(arguments: argparse.Namespace) -> int:
    parts = urlsplit(arguments.site)
    if parts.scheme != "https" and not (parts.scheme == "http" and parts.hostname in HERE):
        return _refuse("--site: https:// is needed for a site that is not on this machine", CANNOT_USE)
    try:
        token = arguments.token_file.read_text(encoding="ascii").strip()
    except (OSError, UnicodeDecodeError) as error:
        return _refuse(f"--token-file: {error}", CANNOT_USE)
    if not 1 <= arguments.slots <= 64:
        return _refuse("--slots: between 1 and 64", CANNOT_USE)
    if arguments.with_parent:
        _die_with_parent()
    if not arguments.proved and (code := _prove(is_author=arguments.without_cgroups)) != OK:
        return code
    return _supervise(arguments) if arguments.slots > 1 else _lease(arguments, token)


def _prove(*, is_author: bool) -> int:
    try:
        backend = local_backend(is_author=is_author)
    except RefusedError as error:
        return _refuse(str(error))
    broken = fallen(prove(backend=backend, has_groups=backend.has_groups))
    return _refuse(_fallen_words(broken)) if broken else OK


def _lease(arguments: argparse.Namespace, token: str) -> int:
    try:
        backend = local_backend(is_author=arguments.without_cgroups)
    except RefusedError as error:
        return _refuse(str(error))
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    labels = tuple(label.strip() for label in arguments.labels.split(",") if label.strip())
    try:
        work(site=Site(url=arguments.site, token=token), backend=backend, labels=labels, stop=stop, say=_say)
    except TokenError as error:
        return _refuse(str(error))
    return OK


def _supervise(arguments: argparse.Namespace) -> int:
    """Keep one process a slot: boxes are made by fork, which threads of one process would disturb."""
    line = [sys.executable, "-m", "assay_runner.main", "run", "--site", arguments.site, "--slots", "1", "--with-parent"]
    line.append("--proved")  # by this process
    line += ["--token-file", str(arguments.token_file), "--labels", arguments.labels]
    line += ["--without-cgroups"] if arguments.without_cgroups else []
    slots = [subprocess.Popen(line) for _ in range(arguments.slots)]  # noqa: S603 -- our own program
    stop = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, lambda *_: stop.set())
    while not stop.wait(1.0):
        codes = [slot.poll() for slot in slots]
        refused = next((code for code in codes if code in {REFUSED, CANNOT_USE}), None)
        if refused is not None:
            _end(slots)
            return refused
        # A slot that was killed is started anew; its run is leased to somebody else when the lease ends.
        slots = [
            slot if code is None else subprocess.Popen(line)  # noqa: S603 -- our own program
            for slot, code in zip(slots, codes, strict=True)
        ]
    _end(slots)
    return OK


def _end(slots: list[subprocess.Popen[bytes]]) -> None:
    for slot in slots:
        slot.terminate()
    for slot in slots:
        try:
            slot.wait(STOP_S)
        except subprocess.TimeoutExpired:
            slot.kill()


def _die_with_parent() -> None:
    """Have the kernel end this process when the one that started it is gone, so that none is left behind."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM, 0, 0, 0)


def _say(text: str) -> None:
    print(f"assay-runner: {text}", file=sys.stderr, flush=True)


def _refuse(text: str, code: int = REFUSED) -> int:
    _say(text)
    return code


if __name__ == "__main__":
    sys.exit(main())
