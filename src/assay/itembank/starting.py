"""Parameters before anybody has answered."""

from typing import NamedTuple

from assay.itembank.model import Family

MIDDLE_LEVEL = 3
DISCRIMINATION = 1.0
"""Of a pilot, in logits a level (docs/science/irt.md)."""


class StartParameters(NamedTuple):
    """Difficulty in levels around the middle one, discrimination in logits a level."""

    difficulty: float
    discrimination: float


def start_parameters(family: Family) -> StartParameters:
    """Yield a family's parameters from its author's level."""
    return StartParameters(float(family.level - MIDDLE_LEVEL), DISCRIMINATION)
