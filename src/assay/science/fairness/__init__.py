"""Selection by group: ratios with intervals, exact tests, and the flip. See ``docs/science/fairness.md``."""

from assay.science.fairness.impact import (
    AdverseImpact,
    Group,
    RatioInterval,
    adverse_impact,
    flips_needed,
    p_false_alarm,
)
from assay.science.fairness.law144 import GroupRate, scoring_rates, selection_rates

__all__ = [
    "AdverseImpact",
    "Group",
    "GroupRate",
    "RatioInterval",
    "adverse_impact",
    "flips_needed",
    "p_false_alarm",
    "scoring_rates",
    "selection_rates",
]
