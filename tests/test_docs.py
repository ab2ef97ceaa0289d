"""What can be set and called is written down."""

import re
from pathlib import Path

import pytest

from assay.cli.main import COMMANDS

ROOT = Path(__file__).resolve().parents[1]
SOURCES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "src").rglob("*.py")))
READ = re.compile(
    r"""(?:env_(?:str|bool|int|list)\(|environ(?:\.get\(|\.setdefault\(|\[))\s*["']((?:ASSAY|DATABASE)_[A-Z_]+)"""
)
SETTINGS = (ROOT / "docs" / "run" / "settings.md").read_text(encoding="utf-8")
INTERNAL = {"ASSAY_WORKER"}
"""Set by `assay serve` for its own child objects, not by people."""


def documented() -> set[str]:
    """Names in the table; a cell such as ``ASSAY_SMTP_HOST, _PORT`` names both."""
    names = set()
    for row in re.findall(r"^\| (.+?) \|", SETTINGS, re.MULTILINE):
        prefix = ""
        for name in re.findall(r"`([A-Z_]+)`", row):
            if name.startswith("_"):
                names.add(prefix + name)
            else:
                names.add(name)
                prefix = name.rpartition("_")[0]
    return names


def test_every_setting_that_is_read_is_documented():
    read = {name.removesuffix("_FILE") for name in READ.findall(SOURCES)} - INTERNAL
    assert read - documented() == set()


@pytest.mark.parametrize("command", COMMANDS)
def test_every_command_has_its_heading(command):
    text = (ROOT / "docs" / "use" / "commands.md").read_text(encoding="utf-8")
    assert f"## assay {command}\n" in text


def test_every_decision_has_its_parts():
    for path in sorted((ROOT / "docs" / "adr").glob("*.md")):
        text = path.read_text(encoding="utf-8")
        assert [part for part in ("Context", "Decision", "Consequences", "Alternatives") if part not in text] == [], (
            path
        )


def test_links_between_documents_lead_somewhere():
    broken: list[str] = []
    for path in [ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]:
        targets = re.findall(r"\]\(([^)#:]+?)(?:#[^)]*)?\)", path.read_text(encoding="utf-8"))
        broken += [f"{path.relative_to(ROOT)} -> {target}" for target in targets if not (path.parent / target).exists()]
    assert broken == []
