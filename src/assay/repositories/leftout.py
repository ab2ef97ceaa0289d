"""Files that are nobody's own work: vendored, generated, locked, data. They count neither for nor against anybody."""

import re
from pathlib import PurePosixPath

_VENDORED = re.compile(
    r"(?:^|/)(?:node_modules|bower_components|vendor|vendored|_vendor|third_party|third-party|3rdparty|extern|external"
    r"|site-packages|dist-packages|\.?venv|virtualenv|env/lib|\.tox|\.eggs|[^/]+\.egg-info|__pycache__|dist|\.ipynb_checkpoints"
    r"|_build|_downloads|htmlcov|\.idea|\.vscode|renv|packrat|target/classes|jars?)(?:/|\Z)",
    re.IGNORECASE,
)
_GENERATED_NAME = re.compile(
    r"(?:_pb2(?:_grpc)?\.pyi?|\.min\.(?:js|css)|\.bundle\.js|\.map|_version\.py|versioneer\.py|\.lock|-lock\.(?:json|ya?ml)"
    r"|\.(?:svg|csv|tsv|jsonl|parquet|pkl|npy))\Z",
    re.IGNORECASE,
)
_GENERATED_WORDS = re.compile(
    rb"(?i)(?:^|\n)\s*(?:#|//|/\*|--|<!--|\"\"\").{0,60}"
    rb"(?:@generated|auto-?generated|generated (?:by|from|with)|do not edit)"
)
_HEAD_BYTES = 2_000
_LONG_LINE = 400

LANGUAGES = {
    ".py": "Python", ".pyi": "Python", ".pyw": "Python", ".ipynb": "Notebook",
    ".r": "R", ".rmd": "R", ".qmd": "R", ".java": "Java", ".scala": "Scala", ".sc": "Scala", ".sql": "SQL",
    ".c": "C and C++", ".cc": "C and C++", ".cpp": "C and C++", ".cxx": "C and C++",
    ".h": "C and C++", ".hpp": "C and C++",
    ".cu": "CUDA", ".js": "JavaScript", ".ts": "TypeScript", ".tsx": "TypeScript", ".jsx": "JavaScript", ".go": "Go",
    ".rs": "Rust", ".jl": "Julia", ".kt": "Kotlin", ".sh": "Shell", ".m": "MATLAB", ".cs": "C#", ".rb": "Ruby",
}  # fmt: skip
"""Ending to the language under which lines are counted."""

ANALYSED = frozenset({"Python", "Notebook", "R", "Java", "Scala", "SQL"})
_PLAIN = frozenset({".md", ".rst", ".txt", ".toml", ".cfg", ".ini", ".yml", ".yaml", ".tf", ".dvc", ".json"})
_PLAIN_NAMES = re.compile(
    r"(?:dockerfile(?:\..+)?|.+\.dockerfile|containerfile|makefile|justfile|jenkinsfile|procfile|pipfile|environment\.ya?ml)\Z"
)


def language_of(path: str) -> str:
    """Yield the language of a file by its ending; "" for none that is counted."""
    return LANGUAGES.get(PurePosixPath(path).suffix.lower(), "")


def is_plain(path: str) -> bool:
    """Say whether a file is configuration or documentation that is looked at."""
    name = PurePosixPath(path)
    return name.suffix.lower() in _PLAIN or _PLAIN_NAMES.match(name.name.lower()) is not None


def is_left_out_by_name(path: str) -> bool:
    """Say whether a path is that of vendored or generated files."""
    return _VENDORED.search(path) is not None or _GENERATED_NAME.search(path) is not None


def is_left_out_by_content(*, path: str, data: bytes) -> bool:
    """Say whether a file is binary, generated or minified, by what it holds."""
    head = data[:_HEAD_BYTES]
    if b"\0" in head or data.startswith(b"version https://git-lfs"):
        return True
    if path.endswith(".ipynb"):
        return False
    lines = data.count(b"\n") + 1
    return _GENERATED_WORDS.search(head) is not None or len(data) / lines > _LONG_LINE
