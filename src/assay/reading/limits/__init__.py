"""The limited child process in which foreign files are opened."""

from assay.reading.limits.protocol import AdReading, Limits, Reading
from assay.reading.limits.run import (
    DEFAULT_LIMITS,
    close_pools,
    missing_limits_notice,
    read_ad_in_child,
    read_application_file,
    read_in_child,
    render_page,
)

__all__ = [
    "DEFAULT_LIMITS",
    "AdReading",
    "Limits",
    "Reading",
    "close_pools",
    "missing_limits_notice",
    "read_ad_in_child",
    "read_application_file",
    "read_in_child",
    "render_page",
]
