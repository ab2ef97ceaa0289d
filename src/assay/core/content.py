"""Where the data that ships with Assay lies: the competency map, role templates, sources, examples."""

from functools import cache
from pathlib import Path


@cache
def content_path() -> Path:
    """Yield the content folder: beside the sources in a checkout, inside the package when installed from a wheel."""
    package = Path(__file__).resolve().parents[1]
    checkout = package.parents[1] / "content"
    return checkout if checkout.is_dir() else package / "_content"
