"""Reasons to ask a question: gaps between claims and evidence, impossible dates. See ``docs/science/flags.md``."""

from assay.science.flags.gap import ClaimGap, GapLevel, UnsupportedClaim, claim_gap, unsupported_claims
from assay.science.flags.multiple import Discoveries, benjamini_hochberg
from assay.science.flags.timeline import (
    EarlyUse,
    Overlap,
    Span,
    early_uses,
    excess_years,
    overlaps,
    total_years,
)

__all__ = [
    "ClaimGap",
    "Discoveries",
    "EarlyUse",
    "GapLevel",
    "Overlap",
    "Span",
    "UnsupportedClaim",
    "benjamini_hochberg",
    "claim_gap",
    "early_uses",
    "excess_years",
    "overlaps",
    "total_years",
    "unsupported_claims",
]
