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

RUNTIME_PACKAGES = {
    "r": ("r-base-core", "r-cran-testthat"),
    "java": ("default-jdk-headless", "junit5", "libassertj-core-java"),
}
"""Language of the sandbox: its Debian packages. Python's libraries are installed for boxes alone, from pinned lists."""
TESTED_RUNTIMES = {"r": "Rscript", "java": "javac", "python-ml": ""}
"""What the tests want beside plain Python, with the program that shows that it is there."""
RUNTIMES = ROOT / "src" / "assay_runner" / "runtimes"
LIBRARIES = Path(os.environ.get("ASSAY_RUNTIMES", ROOT / ".assay" / "runtimes"))


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
        ("runtimes", runtimes, "install languages and libraries for the sandbox: NAME …, none lists them"),
        ("lock", lock, "renew the lock files (needs uv on the PATH)"),
    ):
        has_own_help = name in {"test", "db", "run", "runtimes"}
        command = commands.add_parser(name, help=text, description=text, add_help=not has_own_help)
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
    ensure_system_parts("tesseract", "chromium", "bwrap")
    ensure_tested_runtimes()
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


def runtimes(rest: list[str]) -> int:
    """Install what the named runtimes of the sandbox need; without a name, say which there are and which work here."""
    prepare("requirements.lock")
    ensure_system_parts("bwrap")
    listed = {path.parent.name for path in RUNTIMES.glob("*/requirements.txt")} | RUNTIME_PACKAGES.keys()
    unknown = [name for name in rest if name not in listed]
    if unknown:
        print(f"There is no runtime {', '.join(unknown)} to install: {', '.join(sorted(listed))}.")
        return 2
    failed = [name for name in rest if not install_runtime(name)]
    call(BIN / "assay", "task", "runtimes", environment=os.environ | {"ASSAY_RUNTIMES": str(LIBRARIES)})
    if failed:
        print(f"Not installed: {', '.join(failed)}. Tasks that need them are greyed out; everything else works.")
    return 1 if failed else 0


def install_runtime(name: str) -> bool:
    """Install one runtime; tell whether it is there now."""
    return install_packages(name) if name in RUNTIME_PACKAGES else install_libraries(name)


def install_packages(name: str) -> bool:
    """Install a runtime's Debian packages where we may; otherwise name them in one line."""
    packages = RUNTIME_PACKAGES[name]
    if not may_install():
        print(f"{name}: install {' '.join(packages)} (or what your system calls them)")
        return False
    environment = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    line = ["apt-get", "install", "-q", "-y", "--no-install-recommends", *packages]
    return subprocess.run(line, capture_output=True, env=environment, check=False).returncode == 0


def install_libraries(name: str) -> bool:
    """Install a runtime's Python libraries for the boxes' own interpreter, beside nothing else."""
    system = next((path for path in map(Path, ("/usr/bin/python3", "/usr/local/bin/python3")) if path.exists()), None)
    if system is None:
        print(f"{name}: there is no Python of the system (/usr/bin/python3), which is what boxes use")
        return False
    asked = [str(system), "-c", "import sys; print('%d.%d' % sys.version_info[:2])"]
    version = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    target = LIBRARIES / name / "site"
    pip = [PYTHON, "-m", "pip", "install", "--disable-pip-version-check", "--quiet", "--upgrade", "--target", target]
    fitting = ["--python-version", version, "--only-binary=:all:"]
    return call(*pip, *fitting, "-r", RUNTIMES / name / "requirements.txt") == 0


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


def ensure_tested_runtimes() -> None:
    """Install what tests of the sandbox want where we may; they are skipped with the reason where it is not there."""
    for name, program in TESTED_RUNTIMES.items():
        is_there = shutil.which(program) if program else (LIBRARIES / name / "site" / "sklearn").is_dir()
        if not is_there and (may_install() or name not in RUNTIME_PACKAGES):
            print(f"· installing {name} for the sandbox", flush=True)
            install_runtime(name)


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
