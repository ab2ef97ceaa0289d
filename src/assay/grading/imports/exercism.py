"""Exercises of an Exercism track: ``.meta/config.json`` says which files are solution, tests and example."""

import json
import re
from pathlib import Path
from typing import Any

import yaml

from assay.grading.errors import TaskError
from assay.grading.folder import MAX_FILE_BYTES
from assay.grading.imports.lines import COMPETENCY, JAVA, JAVAC, title_of
from assay.grading.model import Files

LEVEL_OF = ((3, 1), (5, 2), (7, 3), (10, 4))
"""Exercism's difficulty 1 to 10, and the level that it stands for; our own reading of it."""
JUNIT = "/usr/share/java/*"


def exercise_folders(path: Path) -> list[Path]:
    """Yield the exercises at or below a folder, those of a track in the order of their names."""
    if (path / ".meta" / "config.json").is_file():
        return [path]
    found = [config.parent.parent for config in path.rglob(".meta/config.json") if "files" in config.read_text("utf-8")]
    return sorted(found)


def from_exercism(folder: Path) -> Files:
    """Yield the task folder of one exercise.

    Raises
    ------
    TaskError
        A file that its configuration names is missing; it has no example solution; its language is none that runs here.
    """
    named = _config(folder)
    solution, tests = named["solution"], named["test"]
    example = named.get("example") or named.get("exemplar") or []
    if not solution or not tests or not example:
        raise TaskError("it names no solution, no tests or no example solution")
    language = _language(solution[0])
    files: Files = {"statement.md": _statement(folder).encode()}
    for name in solution:
        files[f"starter/{_flat(name)}"] = _read(folder, name)
    for name in tests + named.get("editor", []):
        files[f"hidden/{_flat(name)}"] = _runnable(_read(folder, name), language)
    for name, goal in _paired(example, solution):
        files[f"reference/{_flat(goal)}"] = _read(folder, name)
    for name in named.get("editor", []):
        files.setdefault(f"reference/{_flat(name)}", _read(folder, name))
        files.setdefault(f"starter/{_flat(name)}", _read(folder, name))
    head = {
        "title": title_of(folder.name),
        "summary": f"Imported from an Exercism track: {folder.name}",
        "family": "exercise",
        "runtime": language,
        "minutes": 25,
        "level": _level(folder),
        "competencies": {COMPETENCY[language]: 0.6},
        "entry": _flat(solution[0]),
        "groups": {"tests": {"about": "The track's own tests"}},
        **_tests(language, [_flat(name) for name in tests], [name for name in files if name.startswith("reference/")]),
        "limits": {"cpu_s": 30, "wall_s": 90, "memory_mib": 1024, "processes": 128},
        "sources": [f"exercism/{folder.name}"],
        "licence": "MIT",
    }
    return {**files, "task.yaml": yaml.safe_dump(head, sort_keys=False, allow_unicode=True).encode()}


def _tests(language: str, tests: list[str], reference: list[str]) -> dict[str, Any]:
    first = tests[0]
    if language == "python":
        return {"tests": {"style": "unittest", "file": first}}
    if language == "r":
        line = f'testthat::test_file("{first}", reporter = "stop", stop_on_failure = TRUE)'
        return {"tests": {"style": "program", "file": first, "argv": ["Rscript", "--vanilla", "-e", line]}}
    sources = sorted({name.removeprefix("reference/") for name in reference} | set(tests))
    run = [*JAVA, "-cp", f"build:{JUNIT}", "org.junit.platform.console.ConsoleLauncher", "--scan-classpath", "build"]
    return {
        "compile": [*JAVAC, "-cp", JUNIT, "-d", "build", *[name for name in sources if name.endswith(".java")]],
        "tests": {"style": "program", "file": first, "argv": [*run, "--details", "none", "--fail-if-no-tests"]},
    }


def _paired(example: list[str], solution: list[str]) -> list[tuple[str, str]]:
    """Yield each example file with the name that it takes the place of."""
    if len(example) == 1 and len(solution) == 1:
        return [(example[0], solution[0])]
    by_name = {Path(name).name.lower(): name for name in solution}
    return [(name, by_name.get(Path(name).name.lower(), Path(name).name)) for name in example]


def _runnable(content: bytes, language: str) -> bytes:
    """Take out the marks by which a track leaves all tests but the first switched off."""
    text = content.decode("utf-8", "replace")
    if language == "java":
        text = re.sub(r"^\s*@(?:Disabled|Ignore)\b(?:\([^)]*\))?[ \t]*$", "", text, flags=re.MULTILINE)
    return text.encode()


def _flat(name: str) -> str:
    """Yield a file's name without the folders of a build tool; a package's own folders stay."""
    return re.sub(r"^(?:src/(?:main|test)/(?:java|kotlin|scala)/|R/|tests/)", "", name)


def _config(folder: Path) -> dict[str, list[str]]:
    try:
        config = json.loads((folder / ".meta" / "config.json").read_text("utf-8"))
        named = config["files"]
        return {kind: [str(name) for name in names] for kind, names in named.items()}
    except (OSError, ValueError, KeyError, AttributeError, TypeError) as error:
        raise TaskError("cannot be used", file=f"{folder.name}/.meta/config.json") from error


def _language(name: str) -> str:
    language = {".py": "python", ".java": "java", ".r": "r"}.get(Path(name).suffix.lower())
    if language is None:
        raise TaskError(f"{name}: Python, Java and R are run")
    return language


def _read(folder: Path, name: str) -> bytes:
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or not path.is_file():
        raise TaskError("is named, but not there", file=f"{folder.name}/{name}")
    if path.stat().st_size > MAX_FILE_BYTES:
        raise TaskError("is too large", file=f"{folder.name}/{name}")
    return path.read_bytes()


def _statement(folder: Path) -> str:
    docs = folder / ".docs"
    parts = [docs / name for name in ("introduction.md", "instructions.md", "instructions.append.md")]
    text = "\n\n".join(part.read_text("utf-8", "replace").strip() for part in parts if part.is_file())
    return f"# {title_of(folder.name)}\n\n{text or 'See the tests.'}\n"


def _level(folder: Path) -> int:
    """Yield the level of a track's difficulty, 2 where the track does not say."""
    track = folder.parent.parent.parent / "config.json"
    try:
        practice = json.loads(track.read_text("utf-8"))["exercises"]["practice"]
        difficulty = next(int(one["difficulty"]) for one in practice if one["slug"] == folder.name)
    except (OSError, ValueError, KeyError, TypeError, StopIteration):
        return 2
    return next((level for most, level in LEVEL_OF if difficulty <= most), 4)
