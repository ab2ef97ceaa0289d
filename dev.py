#!/usr/bin/env python3
"""Everything that a newcomer needs, with nothing but Python 3.11 and git: ``python3 dev.py run`` or ``test``.

Standard library only. Each command first makes the virtual environment and installs what its lock file says, when the
lock file has changed since. What must come from the system is installed where we may (root on Debian or Ubuntu);
elsewhere one line names it, and the part that needs it stays switched off.
"""

import argparse
import hashlib
import os
import shutil
import subprocess
import sys
import venv
from pathlib import Path

ROOT = Path(__file__).resolve().parent
VENV = ROOT / ".venv"
BIN = VENV / ("Scripts" if os.name == "nt" else "bin")
PYTHON = BIN / "python"
MINIMUM = (3, 11)

SYSTEM_PARTS = {
    "tesseract": ("tesseract-ocr", "reading of scanned documents (OCR)"),
    "chromium": ("chromium", "browser tests"),
    "bwrap": ("bubblewrap", "running and grading of exercises"),
}
"""Program: (Debian package, what is switched off without it)."""


def main() -> int:
    """Run one command; yield its exit code."""
    if sys.version_info < MINIMUM:
        print(f"Assay needs Python {MINIMUM[0]}.{MINIMUM[1]} or newer; this is {sys.version.split()[0]}.")
        return 1
    parser = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    commands = parser.add_subparsers(dest="command", required=True)
    for name, function, text in (
        ("run", run, "set everything up and open a working Assay with an example organisation"),
        ("test", test, "set everything up and pass the tests (further arguments go to pytest)"),
        ("check", check, "lint, types, layers, formatting, migrations"),
        ("demo", demo, "make the example organisation anew"),
        ("db", db, "back up, restore, upgrade or move the database (assay db)"),
        ("lock", lock, "renew the lock files (needs uv on the PATH)"),
    ):
        command = commands.add_parser(name, help=text, description=text, add_help=name not in {"test", "db", "run"})
        command.set_defaults(function=function)
    arguments, rest = parser.parse_known_args()
    code: int = arguments.function(rest)
    return code


def run(rest: list[str]) -> int:
    """Start the site; Ctrl-C stops it, database and all."""
    prepare("requirements.lock")
    ensure_system_parts("tesseract", "bwrap")
    environment = os.environ | {"ASSAY_DEVELOPMENT": "1"}
    return call(BIN / "assay", "serve", "--example", "--open", *rest, environment=environment)


def test(rest: list[str]) -> int:
    """Run the tests, side by side where there are cores for it."""
    prepare("requirements-dev.lock")
    ensure_system_parts("tesseract", "chromium")
    parallel = (
        [] if any(part.startswith(("-n", "--numprocesses")) for part in rest) else ["-n", str(os.cpu_count() or 1)]
    )
    return call(PYTHON, "-m", "pytest", *parallel, *rest)


def check(_rest: list[str]) -> int:
    """Run every check, also after one has failed, so that one run names all that is wrong."""
    prepare("requirements-dev.lock")
    steps: dict[str, list[object]] = {
        "ruff": [PYTHON, "-m", "ruff", "check", "."],
        "format": [PYTHON, "-m", "ruff", "format", "--check", "."],
        "types": [PYTHON, "-m", "mypy"],
        "layers": [BIN / "lint-imports"],
        "migrations": [PYTHON, "-m", "assay.cli.main", "db", "check-migrations"],
    }
    failed = []
    for name, command in steps.items():
        print(f"· {name}", flush=True)
        if call(*command) != 0:
            failed.append(name)
    print(f"failed: {', '.join(failed)}" if failed else "all checks passed")
    return 1 if failed else 0


def demo(rest: list[str]) -> int:
    """Throw the local example away and make it anew."""
    prepare("requirements.lock")
    environment = os.environ | {"ASSAY_DEVELOPMENT": "1"}
    return call(BIN / "assay", "example", "--anew", *rest, environment=environment)


def db(rest: list[str]) -> int:
    """Hand over to ``assay db``."""
    prepare("requirements.lock")
    return call(BIN / "assay", "db", *rest)


def lock(_rest: list[str]) -> int:
    """Resolve the dependencies for every platform, with hashes."""
    if shutil.which("uv") is None:
        print("uv is not on the PATH: pip install uv")
        return 1
    base = ["uv", "pip", "compile", "--universal", "--python-version", "3.11", "--generate-hashes", "--no-header", "-q"]
    code = call(*base, "pyproject.toml", "-o", "requirements.lock")
    return code or call(
        *base, "--extra", "dev", "-c", "requirements.lock", "pyproject.toml", "-o", "requirements-dev.lock"
    )


def prepare(lock_name: str) -> None:
    """Make the virtual environment hold what the lock file says; exit with one clear line where that fails."""
    if not PYTHON.exists():
        print("· making the virtual environment in .venv", flush=True)
        venv.create(VENV, with_pip=True)
    stamp = VENV / f"stamp-{lock_name}"
    wanted = hashlib.sha256((ROOT / lock_name).read_bytes() + (ROOT / "pyproject.toml").read_bytes()).hexdigest()
    if stamp.exists() and stamp.read_text() == wanted:
        return
    print(f"· installing what {lock_name} says", flush=True)
    pip = [PYTHON, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
    if call(*pip, "--require-hashes", "-r", lock_name) or call(*pip, "--no-deps", "--editable", "."):
        sys.exit("The packages could not be installed; the lines above say why. Nothing outside .venv was changed.")
    stamp.write_text(wanted)


def ensure_system_parts(*programs: str) -> None:
    """Install missing system programs where we may, else say in one line what is switched off."""
    missing = [name for name in programs if shutil.which(name) is None]
    if missing and may_install():
        packages = [SYSTEM_PARTS[name][0] for name in missing]
        print(f"· installing {', '.join(packages)}", flush=True)
        environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        for command in (["update", "-q"], ["install", "-y", "-q", "--no-install-recommends", *packages]):
            subprocess.run(["apt-get", *command], capture_output=True, env=environment, check=False)
        missing = [name for name in missing if shutil.which(name) is None]
    for name in missing:
        package, part = SYSTEM_PARTS[name]
        print(f"· {package} is not installed: {part} are switched off" if part.endswith("s") else
              f"· {package} is not installed: {part} is switched off")  # fmt: skip


def may_install() -> bool:
    """Tell whether we are root on a Debian or Ubuntu."""
    return hasattr(os, "geteuid") and os.geteuid() == 0 and shutil.which("apt-get") is not None


def call(*command: object, environment: dict[str, str] | None = None) -> int:
    """Run a program in the project's folder; yield its exit code. Ctrl-C goes to it, and it decides."""
    process = subprocess.Popen([str(part) for part in command], cwd=ROOT, env=environment)
    while True:
        try:
            return process.wait()
        except KeyboardInterrupt:
            continue


if __name__ == "__main__":
    sys.exit(main())
