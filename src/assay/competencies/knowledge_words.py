"""The tagger that finds knowledge which no term of the map names; its weights ship as content."""

from functools import cache

from assay.core.content import content_path


@cache
def tagger_weights() -> bytes:
    """Yield the weights as stored, for `reading.limits.read_ad_in_child`."""
    return (content_path() / "reading" / "knowledge_tagger.npz").read_bytes()
