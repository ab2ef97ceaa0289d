"""The rules and dates that ship with Assay."""

from datetime import date

import yaml

from assay.core.content import content_path
from assay.repositories.rules import Rules, rules_from_mapping


def shipped_rules() -> Rules:
    """Yield what signals of a repository count as."""
    path = content_path() / "sources" / "repositories.yaml"
    return rules_from_mapping(yaml.safe_load(path.read_text(encoding="utf-8")))


def tool_dates() -> dict[str, date]:
    """Yield the day on which each tool was first public, by its name in the rules."""
    content = yaml.safe_load((content_path() / "sources" / "tool_dates.yaml").read_text(encoding="utf-8"))
    return {name: entry["public_on"] for name, entry in content["tools"].items()}
