"""Where the map's release dates come from: one entry of ``content/sources/tool_dates.yaml`` a tool."""

from functools import cache

import yaml

from assay.core.content import content_path


def source_of(*, released_source: str) -> str:
    """Yield the words behind a term's ``released_source``; an own competency's stand there themselves."""
    return _shipped().get(released_source, released_source)


@cache
def _shipped() -> dict[str, str]:
    content = yaml.load(
        (content_path() / "sources" / "tool_dates.yaml").read_text(encoding="utf-8"), Loader=yaml.CSafeLoader
    )
    return {name: str(entry["source"]) for name, entry in content["tools"].items()}
